// PDF files made by hand, for looking and for tests.
const latin1 = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const escaped = (text: string) => text.replace(/[\\()]/g, '\\$&');

// One line a text, from the top of an A4 page.
function pageContent(lines: string[]): string {
  const shown = lines.map((line, index) => `${index === 0 ? '60 760 Td' : '0 -24 Td'} (${escaped(line)}) Tj`);
  const content = `BT /F1 16 Tf ${shown.join('\n')} ET`;
  return `<< /Length ${content.length} >>\nstream\n${content}\nendstream`;
}

function assembled(objects: string[]): Uint8Array<ArrayBuffer> {
  let file = '%PDF-1.7\n';
  const places = objects.map((object, index) => {
    const place = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}`;
  const end = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
  return latin1(file + table + end);
}

// `catalog` and `page` are added to their dictionaries, `more` stand behind: the first of them is object 4 + 2 a page.
export function smallPdf(pages: string[][], { catalog = '', page = '', more = [] as string[] } = {}) {
  const kids = pages.map((_, index) => `${4 + 2 * index} 0 R`).join(' ');
  return assembled([
    `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`,
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    ...pages.flatMap((lines, index) => [
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> ' +
        `/Contents ${5 + 2 * index} 0 R ${page} >>`,
      pageContent(lines),
    ]),
    ...more,
  ]);
}

// Everything by which a PDF would act: scripts at opening, on the page and in a field, links out, a program to start, a
// form to send, another file to fetch, a file inside.
export function hostilePdf() {
  const script = '<< /S /JavaScript /JS (app.alert(1); this.hit = 1; app.launchURL("https://example.org/a")) >>';
  const link = '/Type /Annot /Subtype /Link /Rect [0 0 595 842] /Border [0 0 0]';
  return smallPdf([['Hola <img src=x onerror=hit=1>', 'javascript:hit=1', 'https://example.org/']], {
    catalog:
      `/OpenAction ${script} /AA << /WC ${script} /DS ${script} >> /AcroForm << /Fields [11 0 R] /XFA (x) >> ` +
      `/Names << /JavaScript << /Names [(a) ${script}] >> /EmbeddedFiles << /Names [(a.html) 12 0 R] >> >>`,
    page: `/AA << /O ${script} >> /Annots [6 0 R 7 0 R 8 0 R 9 0 R 10 0 R 11 0 R] /B [14 0 R]`,
    more: [
      `<< ${link} /A << /S /URI /URI (https://example.org/b) >> >>`,
      `<< ${link} /A << /S /URI /URI (javascript:hit=1) >> /PA << /S /URI /URI (https://example.org/c) >> >>`,
      `<< ${link} /A << /S /Launch /F (https://example.org/d) /NewWindow true >> >>`,
      `<< ${link} /A << /S /GoToR /F << /FS /URL /F (https://example.org/e.pdf) >> /D [0 /Fit] >> >>`,
      `<< ${link} /A << /S /SubmitForm /F << /FS /URL /F (https://example.org/f) >> /Flags 4 >> >>`,
      `<< /Type /Annot /Subtype /Widget /FT /Tx /T (campo) /Rect [10 10 90 30] /AA << /K ${script} /F ${script} >> >>`,
      '<< /Type /Filespec /F (a.html) /EF << /F 13 0 R >> >>',
      '<< /Type /EmbeddedFile /Length 27 >>\nstream\n<script>parent.hit=1</script\nendstream',
      '<< /Length 0 /F << /FS /URL /F (https://example.org/g) >> >>\nstream\n\nendstream',
    ],
  });
}
