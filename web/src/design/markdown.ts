// A person's Markdown as nodes of the page. Two walls: markdown-it writes no raw HTML, and DOMPurify, which is the only
// one that may make HTML here (Trusted Types policy 'dompurify'), lets through nothing but the tags of a letter.
import DOMPurify from 'dompurify';
import MarkdownIt from 'markdown-it';

const parser = new MarkdownIt('commonmark', { html: false, breaks: true, linkify: true })
  .enable(['linkify', 'table', 'strikethrough'])
  .disable(['image', 'html_block', 'html_inline']);

const allowed = {
  ALLOWED_TAGS: [
    'p',
    'br',
    'strong',
    'em',
    's',
    'a',
    'ul',
    'ol',
    'li',
    'blockquote',
    'code',
    'pre',
    'hr',
    'h1',
    'h2',
    'h3',
    'h4',
    'h5',
    'h6',
    'table',
    'thead',
    'tbody',
    'tr',
    'th',
    'td',
  ],
  ALLOWED_ATTR: ['href', 'start'],
  ALLOWED_URI_REGEXP: /^(?:https?|mailto|tel):/i,
  ALLOW_DATA_ATTR: false,
  RETURN_DOM_FRAGMENT: true as const,
};

// Headings of a text stand below those of the screen it is shown on.
const lowered: Record<string, string> = { H1: 'h4', H2: 'h5', H3: 'h6', H4: 'h6', H5: 'h6' };

export function rendered(text: string): DocumentFragment {
  const fragment = DOMPurify.sanitize(parser.render(text), allowed);
  for (const link of fragment.querySelectorAll('a')) {
    link.target = '_blank';
    link.rel = 'noopener noreferrer nofollow';
  }
  for (const heading of fragment.querySelectorAll('h1, h2, h3, h4, h5')) {
    const lower = document.createElement(lowered[heading.tagName] ?? 'h6');
    lower.append(...heading.childNodes);
    heading.replaceWith(lower);
  }
  return fragment;
}
