// /coin [who] [tosses]: heads is the colleague, tails is whoever asks.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

const texts = { en: load('en'), ru: load('ru') }

// What Whois24 knows of the command: it finds the colleague, reads the number, and puts the texts into the reader's language.
export const schema = {
  name: 'coin',
  title: { en: texts.en['coin.title'], ru: texts.ru['coin.title'] },
  arguments: [
    { name: 'who', type: 'person' },
    { name: 'tosses', type: 'number', optional: true, default: '1', hint: { en: 'tosses', ru: 'бросков' } }
  ],
  texts
}

// A question in, a reply out. A reply is a text by its id (say) with its values (data), or BB-code of your own (text).
export async function run ({ id, lang, arguments: { who, tosses } }) {
  if (tosses < 1 || tosses > 31 || tosses % 2 === 0) return { say: 'coin.odd' }
  const heads = toss(id, tosses)
  return {
    say: heads > tosses / 2 ? 'coin.heads' : 'coin.tails',
    data: { N: tosses, Heads: heads, Name: who.name }, // N chooses the plural form
    buttons: [{ text: texts[lang]['coin.again'], command: 'coin', args: `${who.id} ${tosses}` }]
  }
}

// The number of heads. A question may come twice, when whoever had it died. Its id stays, and so does this coin.
function toss (id, times) {
  return [...createHash('sha256').update(id).digest()].slice(0, times).filter((byte) => byte % 2).length
}

function load (lang) {
  return JSON.parse(readFileSync(new URL(`locales/${lang}.json`, import.meta.url)))
}
