/** The pages that a browser sees before it is logged in. Constant text: nothing of a request is ever in them. */

export const loginPage = (problem: string | null): string =>
  page(
    'Log in to Bulkhead',
    `<p>This page is served by Bulkhead on this machine.</p>
    ${problem === null ? '' : `<p id="problem" class="problem" role="alert">${problem}</p>`}
    <form method="post" action="/login">
      <label for="token">Operator token</label>
      <input id="token" name="token" type="password" autocomplete="current-password" required autofocus
        aria-describedby="${problem === null ? 'hint' : 'problem hint'}">
      <p id="hint">Bulkhead printed it in its terminal when it started, or wrote it to the file named there.</p>
      <button type="submit">Log in</button>
    </form>`,
  );

export const loginNeededPage = page(
  'Bulkhead needs a log-in',
  `<p>This browser is not logged in to Bulkhead, or Bulkhead was started again since.</p>
    <p>Open the one-time address that Bulkhead printed in its terminal, or <a href="/login">log in with the operator token</a>.</p>`,
);

export const ticketRefusedPage = page(
  'This address was used or is too old',
  `<p>A log-in address works once, within ten minutes.</p>
    <p>Ask Bulkhead for a new one, or <a href="/login">log in with the operator token</a>.</p>`,
);

/**
 * For a link that was clicked in another site's page: the browser holds back a strict cookie on the way here, so the last
 * step has to start from our own page.
 */
export const continuePage = (place: string): string =>
  page(
    'Logged in',
    `<p><a href="${place}">Continue to Bulkhead</a></p>`,
    `<meta http-equiv="refresh" content="0;url=${place}">`,
  );

export const loginStyle = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 32rem; margin: 12vh auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; }
label, input, button { display: block; font: inherit; }
label { font-weight: 600; }
input { box-sizing: border-box; width: 100%; padding: 0.5rem; border: 1px solid; border-radius: 4px; }
button { padding: 0.5rem 1rem; border: 1px solid; border-radius: 4px; cursor: pointer; }
:focus-visible { outline: 3px solid Highlight; outline-offset: 2px; }
.problem { padding: 0.5rem 0.75rem; border-left: 4px solid; font-weight: 600; }
`;

function page(title: string, body: string, head = ''): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    <link rel="stylesheet" href="/login.css">
    ${head}
  </head>
  <body>
    <main>
    <h1>${title}</h1>
    ${body}
    </main>
  </body>
</html>
`;
}
