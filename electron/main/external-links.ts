/** Which links may leave the app for the user's browser. Model cards are texts of strangers: only known sites, only HTTPS. */
import { parseUrl } from './app-url.ts';

const HOSTS: readonly string[] = [
  'huggingface.co',
  'github.com',
  'arxiv.org',
  'aclanthology.org',
  'doi.org',
  'onnxruntime.ai',
];

/** True for `https://` on a listed host itself (not its subdomains), on the usual port and without a user name. */
export function mayOpenExternally(url: string): boolean {
  const parsed = parseUrl(url);
  if (parsed === null || parsed.protocol !== 'https:') return false;
  return HOSTS.includes(parsed.hostname) && parsed.port === '' && parsed.username === '' && parsed.password === '';
}
