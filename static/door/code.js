// Badge codes as the server reads them: Crockford Base32, ten characters and a check; see formats/codes.py.

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CHECKS = ALPHABET + "*~$=U";
const BODY = 10;
const READ_AS = { O: "0", I: "1", L: "1" };
const ADDRESS = /^HTTPS?:\/\/\S*?\/B\/([^/?#\s]*)\/?(?:[?#]\S*)?$/;

/** The code meant by what was typed or scanned; null where there is none or its check does not fit. */
export function normalise(text) {
  let upper = text.slice(0, 500).normalize("NFKC").trim().toUpperCase();
  const address = ADDRESS.exec(upper);
  if (address) upper = address[1];
  const code = upper.replace(/[\s\-\u2010-\u2015\u2212_.]/g, "").replace(/[OIL]/g, (letter) => READ_AS[letter]);
  if (code.length !== BODY + 1) return null;
  const check = checkOf(code.slice(0, BODY));
  return check !== null && check === code[BODY] && /[0-9A-Z]/.test(check) ? code : null;
}

/** The text in a part of an address; anybody may have typed one, so what is no text is taken as it stands. */
export function unescaped(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** As people read it: 5W8T NB04 RJ9. */
export function shown(code) {
  return code.length === BODY + 1 ? `${code.slice(0, 4)} ${code.slice(4, 8)} ${code.slice(8)}` : code.slice(0, 40);
}

/** SHA-256 in hexadecimal: the list knows codes by nothing else. '' where a page is not served securely. */
export async function hashed(code) {
  if (!crypto.subtle) return "";
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(code));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function checkOf(body) {
  let rest = 0;
  for (const letter of body) {
    const value = ALPHABET.indexOf(letter);
    if (value < 0) return null;
    rest = (rest * 32 + value) % 37;
  }
  return CHECKS[rest];
}
