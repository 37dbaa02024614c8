// A reminder by the Secretariat's own mail program: the addresses in blind copy, and one neutral text in three
// languages that names neither what it is about nor who else gets it.
import { languages, learn, phrase } from '../words/catalogue.ts';
import { type Person, Role } from '../wire/views.ts';

// What the mail programs of Windows take as an address (2,048 characters); longer lists are copied by hand.
const addressMax = 1900;

export function addressees(people: Person[], countries: string[]): { addresses: string[]; without: string[] } {
  const points = people.filter(({ role, country }) => role === Role.focal_point && countries.includes(country));
  const addresses = [
    ...new Set(points.map(({ email }) => email.trim()).filter((email) => /^[^\s@,;]+@[^\s@,;]+$/.test(email))),
  ];
  const reached = new Set(points.filter(({ email }) => addresses.includes(email.trim())).map(({ country }) => country));
  return { addresses, without: countries.filter((country) => !reached.has(country)) };
}

export async function reminder(): Promise<{ subject: string; text: string }> {
  await Promise.all(languages.map(learn));
  return {
    subject: languages.map((language) => phrase(language, 'remind.subject')).join(' · '),
    text: languages.map((language) => phrase(language, 'remind.text')).join('\n\n'),
  };
}

// Nothing: the list is too long for a mail program's address.
export function mailto(addresses: string[], { subject, text }: { subject: string; text: string }): string | undefined {
  const parts = { bcc: addresses.join(','), subject, body: text.replaceAll('\n', '\r\n') };
  const address = `mailto:?${Object.entries(parts)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')}`;
  return address.length <= addressMax ? address : undefined;
}
