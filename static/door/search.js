// Finding people by name, 초성, company or the last four digits; as formats/hangul.py does it.

const LEADS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const FIRST = 0xac00;
const LAST = 0xd7a3;
const JOINED = {
  ㄳ: "ㄱㅅ", ㄵ: "ㄴㅈ", ㄶ: "ㄴㅎ", ㄺ: "ㄹㄱ", ㄻ: "ㄹㅁ", ㄼ: "ㄹㅂ", ㄽ: "ㄹㅅ", ㄾ: "ㄹㅌ", ㄿ: "ㄹㅍ", ㅀ: "ㄹㅎ", ㅄ: "ㅂㅅ",
};

/** The people who fit, best first: by name, then by company; digits alone mean the end of the phone number. */
export function find(people, query) {
  const digits = query.replace(/\s/g, "");
  if (/^\d{2,4}$/.test(digits)) {
    const byPhone = people.filter((one) => one.last4.endsWith(digits));
    if (byPhone.length) return byPhone;
  }
  const byName = people.filter((one) => matches(query, `${one.name}${one.title}`));
  const named = new Set(byName);
  return [...byName, ...people.filter((one) => !named.has(one) && matches(query, one.company))];
}

/** Whether the text holds the query; a last syllable that may still be growing fits too. */
export function matches(query, text) {
  const wanted = [...letters(query)].map((letter) => JOINED[letter] ?? letter).join("");
  const held = [...letters(text)];
  const needle = [...wanted];
  if (!needle.length) return false;
  for (let place = 0; place + needle.length <= held.length; place += 1) {
    if (needle.every((letter, at) => fits(letter, held[place + at], at === needle.length - 1))) return true;
  }
  return false;
}

function letters(text) {
  return text.normalize("NFC").replace(/\s+/g, "").toLowerCase().replace(/[\u1100-\u1112]/g, (lead) => LEADS[lead.charCodeAt(0) - 0x1100]);
}

function fits(wanted, letter, last) {
  return wanted === letter || (LEADS.includes(wanted) && wanted === leadOf(letter)) || (last && grows(wanted, letter));
}

function leadOf(letter) {
  const place = letter.charCodeAt(0);
  return place >= FIRST && place <= LAST ? LEADS[Math.floor((place - FIRST) / 588)] : "";
}

function grows(wanted, letter) {
  const [from, to] = [wanted.charCodeAt(0), letter.charCodeAt(0)];
  if (from < FIRST || from > LAST || to < FIRST || to > LAST) return false;
  return (from - FIRST) % 28 === 0 && to - from >= 0 && to - from < 28;
}
