import type { Bundle } from '../../src-shared/model/bundle.ts';
import type { Risk } from '../../src-shared/model/risk.ts';
import type { ToolDefinition } from '../../src-shared/model/tool.ts';
import { invalid } from './invalid.ts';

/** From the mildest class to the strictest. */
const byStrictness: readonly Risk[] = ['read', 'sensitive', 'write', 'external', 'credential', 'spend', 'destructive'];

/**
 * The class the company judges a tool by: its own, or the stricter one the company put it in. A tool that does not exist
 * here may be another version's, so naming one is no fault.
 * @throws Fault POLICY_INVALID when the company would put a tool in a milder class
 */
export function companyRisks(
  risks: Bundle['policy']['risks'],
  tools: readonly ToolDefinition[],
): (definition: ToolDefinition) => Risk {
  const raised = new Map(Object.entries(risks));
  for (const { name, risk } of tools) {
    const other = raised.get(name);
    if (other && byStrictness.indexOf(other) < byStrictness.indexOf(risk)) {
      throw invalid(`it would put the tool "${name}" in a milder risk class (${other}) than it comes with (${risk}).`);
    }
  }
  return ({ name, risk }) => raised.get(name) ?? risk;
}
