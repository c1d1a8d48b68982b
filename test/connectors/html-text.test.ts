import { describe, expect, it } from 'vitest';
import { htmlToText, textToHtml } from '../../src-connectors/html-text.ts';
import { fastest } from '../fastest.ts';

describe('htmlToText', () => {
  it.each([
    ['a paragraph a line, empty lines between', '<p>One</p><p>Two</p>', 'One\n\nTwo'],
    ['line breaks', 'One<br>Two<br/>Three<hr>Four', 'One\nTwo\nThree\nFour'],
    ['white space as a page shows it', '<p>  One \n\t two  </p>\n\n\n<div> three</div>', 'One two\n\nthree'],
    ['lists', '<ul><li>One</li><li>Two <b>b</b></li></ul>', '- One\n- Two b'],
    ['tables', '<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>', 'A | B\n1 | 2'],
    ['preformatted text as it is', '<pre>a\n  b\tc</pre>', 'a\n  b\tc'],
    [
      'character references, once',
      '&lt;b&gt; &amp;amp; &#65;&#x42; &euro; &nbsp;x &unknown; &',
      '<b> &amp; AB € x &unknown; &',
    ],
    ['characters that are none', 'a&#0;&#xd800;&#x110000;&#99999999;b', 'a\ufffd\ufffd\ufffd\ufffdb'],
    ['no address of a link', '<a href="https://x.example/?t=SECRET">here</a>', 'here'],
    ['pictures by a word', 'a <img src="/public_photo/SECRET" alt="SECRET"> b', 'a [picture] b'],
    ['a smaller-than sign that opens nothing', '1 < 2 and 3<4', '1 < 2 and 3<4'],
    ['quoted ends of tags as part of a value', '<p title = "a > b" id=\'>\'>text</p>', 'text'],
    ['a stray quote in a tag', `<p data=it's 5">one</p> "two"`, 'one\n\n"two"'],
    ['ends without a beginning', '</p></pre></x>text</', 'text'],
    ['a tag that never ends', 'text<p title="', 'text'],
  ])('shows %s', (_, html, text) => {
    expect(htmlToText(html)).toBe(text);
  });

  it.each([
    ['scripts and styles', '<script>SECRET</script><style>SECRET{}</style>'],
    ['comments', '<!-- SECRET > SECRET --><!SECRET><?SECRET?></ SECRET>'],
    ['what is never closed', '<!-- SECRET'],
    ['templates and frames', '<template>SECRET</template><iframe>SECRET</iframe><svg><text>SECRET</text></svg>'],
    ['an attribute that hides', '<p hidden>SECRET</p><p class=a hidden="">SECRET</p>'],
    ['display none', '<div style="color:red; DISPLAY : none !important">SECRET<div>SECRET</div>SECRET</div>'],
    ['references in a style', '<div style="display&#58;none">SECRET</div>'],
    ['escapes in a style', '<div style="dis\\play:none">SECRET</div>'],
    ['comments in a style', '<div style="display:/**/none">SECRET</div>'],
    ['invisible', "<span style='visibility:hidden'>SECRET</span><span style=opacity:0.0>SECRET</span>"],
    ['no size', '<span style="font-size:0px">SECRET</span><span style="font-size:0.00em">SECRET</span>'],
    ['a quoted sign before the style', '<span title = ">" style="display:none">SECRET</span>'],
    ['what hides and is never closed', '<b>seen</b><span hidden>SECRET', 'seen'],
  ])('leaves out what nobody would see: %s', (_, html, seen = '') => {
    expect(htmlToText(html)).toBe(seen);
  });

  it.each([
    '<div style="overflow: hidden">seen</div>',
    '<div class="hidden-on-mobile" title="display:none">seen</div>',
    '<span style="opacity:0.5; font-size:0.9em">seen</span>',
    '<p hidden>SECRET<p>SECRET</p></p>seen',
  ])('shows what only looks hidden: %s', (html) => {
    expect(htmlToText(html)).toBe('seen');
  });

  it.each([
    ['open comments', '<!--'],
    ['open tags', '<a '],
    ['open quotes', `<a b="c' d='`],
    ['open elements', '<div hidden><pre><li>'],
    ['signs', '<&'],
    ['references', '&#x1&lt'],
    ['attributes', '<p style="display" a=b hidde c>'],
    ['spaces in a style', `<p style="display${' '.repeat(400)}">`],
  ])('takes time in proportion to a hostile text: %s', (_, part) => {
    const time = (length: number): number => {
      const html = part.repeat(length / part.length);
      return fastest(() => htmlToText(html));
    };
    time(100_000);
    // Eight times the text, and never sixty-four times the time.
    expect(time(800_000)).toBeLessThan(Math.max(24 * time(100_000), 100));
  });

  it('takes a style of only spaces in one tag in proportion too', () => {
    expect(fastest(() => htmlToText(`<p style="${'opacity:0'.repeat(100_000)}">x`))).toBeLessThan(2000);
    expect(fastest(() => htmlToText(`<p ${' ='.repeat(400_000)}>x`))).toBeLessThan(2000);
    expect(fastest(() => htmlToText(`<p ${'a'.repeat(800_000)}>x`))).toBeLessThan(2000);
  });

  it('never makes more than about twice of it', () => {
    for (const part of ['<li>', '<img>', '<td>', '<p>', '&nbsp;', '<hr>'])
      expect(htmlToText(part.repeat(10_000)).length).toBeLessThanOrEqual(2 * part.length * 10_000);
  });
});

describe('textToHtml', () => {
  it('writes paragraphs and line breaks, and nothing that is markup', () => {
    expect(textToHtml('a\r\nb\n\n\n<script>"x" & \'y\'</script>\n\n')).toBe(
      '<p>a<br>b</p><p>&#60;script&#62;&#34;x&#34; &#38; &#39;y&#39;&#60;/script&#62;</p>',
    );
  });

  it.each(['', 'one', 'a\nb\n\nc', '<b>&amp;</b> "q" `t`', '  deep\n\n\n\nend  ', '5 < 6 &lt; 7'])(
    'comes back as the same words: %s',
    (text) => {
      const words = (of: string) => of.split(/\s+/).filter((word) => word !== '');
      expect(words(htmlToText(textToHtml(text)))).toEqual(words(text));
    },
  );
});
