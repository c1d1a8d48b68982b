import { describe, expect, it } from 'vitest';
import { isHiding } from '../../src-connectors/hidden-style.ts';
import { fastest } from '../fastest.ts';

describe('isHiding', () => {
  it.each([
    'display:none',
    'color: red; DISPLAY : none !important;',
    'd\\69splay:none',
    'd\\000069 splay:no\\6e e',
    'dis\\play:none',
    'display:no/**/ne',
    'display:var(--x)',
    'display:inline;color:red;display:none;display:bogus',
    'content:";";display:none',
    'visibility:hidden',
    'visibility:collapse',
    'content-visibility:hidden',
    'mso-hide:all',
    'opacity:0',
    'opacity:.01',
    'opacity:1e-9',
    'opacity:5%',
    'opacity:calc(0)',
    'color:transparent',
    '-webkit-text-fill-color:transparent',
    'color:rgba(0,0,0,0)',
    'color:rgb(0 0 0 / 0%)',
    'color:#0000',
    'color:#ffffff00',
    'font-size:0',
    'font-size:1px',
    'font-size:0.01em',
    'font-size:2%',
    'font-size:min(0px,1em)',
    'font:0/0 a',
    'font:bold 1px/1 arial',
    'clip-path:inset(100%)',
    '-webkit-clip-path:circle(0)',
    'position:absolute;clip:rect(0,0,0,0)',
    'transform:scale(0)',
    '-ms-transform:rotate(3deg) scale(1, 0)',
    'transform:scaleX(.01)',
    'transform:translateX(-9999px)',
    'transform:rotateY(90deg)',
    'transform:matrix(0,0,0,0,0,0)',
    `transform:${'rotate(0deg)'.repeat(50)} scale(0)`,
    'scale:0',
    'position:absolute;left:-9999px',
    'position:fixed;top:200vh',
    'position:absolute;left:9999px',
    'text-indent:-9999px',
    'text-indent:-99.5em',
    'margin-left:calc(0px - 9999px)',
    'max-height:0;overflow:hidden',
    'overflow:hidden;height:1px;width:1px',
    'width:calc(0px);overflow-x:clip',
  ])('says so of %s', (style) => {
    expect(isHiding(style)).toBe(true);
  });

  it.each([
    '',
    ';;:;',
    'display',
    'color:red;font-family:"Segoe UI",sans-serif',
    'display:inline-block;visibility:visible;opacity:0.5',
    'opacity:50%',
    'color:#ff0000',
    'color:rgb(0,0,0)',
    'color:rgba(0, 0, 0, 0.8)',
    'font-size:9.0pt',
    'font-size:0.9em',
    'font-size:80%',
    'font-size:small',
    'font:700 12px/1.5 arial',
    'font:inherit',
    'mso-list:l0 level1 lfo1;text-indent:-.25in;margin-left:.5in',
    'margin:0in;margin-bottom:.0001pt;line-height:105%',
    'margin-left:36.0pt;text-indent:-18.0pt',
    'margin:0 auto;top:0;left:-10px',
    'width:0;height:0',
    'overflow:hidden;width:100px;height:1in',
    'overflow:hidden;max-width:600px',
    'clip-path:none;clip:auto',
    'transform:rotate(45deg) scale(1.5)',
    'font-family:"Caf\\e9"',
  ])('does not of %s', (style) => {
    expect(isHiding(style)).toBe(false);
  });

  it('believes no style that is longer than any', () => {
    expect(isHiding(';'.repeat(5001))).toBe(true);
    expect(isHiding(';'.repeat(5000))).toBe(false);
  });

  it.each([';', 'a:', 'transform:scale(;', 'color:rgba(,', '\\', '\\6', 'font:1 /', 'left:-', 'overflow:hidden;'])(
    'takes no time for %s again and again',
    (part) => {
      for (const style of [part.repeat(5000 / part.length), `transform:${part.repeat(4900 / part.length)}`])
        expect(fastest(() => isHiding(style))).toBeLessThan(500);
    },
  );
});
