import { en } from './en.ts';
import { es } from './es.ts';
import { ptBr } from './pt-br.ts';
import { embedded } from './bidi.ts';

export interface Plural {
  one: string;
  other: string;
  many?: string;
}
export type Key = keyof typeof en;
export type Catalog = { readonly [K in Key]: (typeof en)[K] extends string ? string : Plural };
export type Language = 'en' | 'es' | 'pt-BR';

export const catalogs: Record<Language, Catalog> = { en, es, 'pt-BR': ptBr };

/** The first supported language of the requested ones, compared without region; English if there is none. */
export function chooseLanguage(requested: readonly (string | null | undefined)[]): Language {
  for (const tag of requested) {
    const language = tag?.toLowerCase().split(/[-_]/)[0];
    if (language === 'en' || language === 'es') return language;
    if (language === 'pt') return 'pt-BR';
  }
  return 'en';
}

/** The browser's locale of that language, if it has one. */
export function localeOf(language: Language, browser: readonly string[]): string {
  const base = language.slice(0, 2);
  return browser.find((tag) => tag.toLowerCase().split('-')[0] === base) ?? language;
}

/** The texts, dates and plural forms of one language. */
export class Texts {
  readonly #plurals: Intl.PluralRules;
  readonly #number: Intl.NumberFormat;
  readonly #time: Intl.DateTimeFormat;
  readonly #day: Intl.DateTimeFormat;
  readonly #dayOfYear: Intl.DateTimeFormat;
  readonly #short: Intl.DateTimeFormat;
  readonly #weekday: Intl.DateTimeFormat;
  readonly #full: Intl.DateTimeFormat;
  readonly #relative: Intl.RelativeTimeFormat;
  readonly collator: Intl.Collator;

  constructor(
    readonly language: Language,
    /** The locale for dates and times, such as `en-GB`. */
    private readonly locale: string = language,
    private readonly timeZone?: string,
  ) {
    const zone = timeZone === undefined ? {} : { timeZone };
    this.#plurals = new Intl.PluralRules(language);
    this.#number = new Intl.NumberFormat(locale);
    this.#time = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', ...zone });
    this.#day = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', ...zone });
    this.#dayOfYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', ...zone });
    this.#short = new Intl.DateTimeFormat(locale, { day: '2-digit', month: '2-digit', year: '2-digit', ...zone });
    this.#weekday = new Intl.DateTimeFormat(locale, { weekday: 'short', ...zone });
    this.#full = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short', ...zone });
    this.#relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
    this.collator = new Intl.Collator(language, { sensitivity: 'base' });
  }

  /** Returns the text with its `{placeholders}` replaced. The value `n` selects the plural form. */
  t(key: Key, values: Record<string, string | number> = {}): string {
    const text: string | Plural = catalogs[this.language][key];
    const form = typeof text === 'string' ? text : this.#form(text, Number(values.n ?? 0));
    return form.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name];
      return typeof value === 'number' ? this.#number.format(value) : embedded(value ?? '');
    });
  }

  time(at: string | number): string {
    return this.#time.format(new Date(at));
  }

  full(at: string | number): string {
    return this.#full.format(new Date(at));
  }

  /** The text of a day separator. */
  day(at: string | number, now: number): string {
    const days = this.daysBefore(at, now);
    if (days === 0) return this.t('today');
    if (days === 1) return this.t('yesterday');
    return days < 180 ? capital(this.#day.format(new Date(at))) : this.#dayOfYear.format(new Date(at));
  }

  /** A short form for lists: the time of today, or the day. */
  brief(at: string | number, now: number): string {
    const days = this.daysBefore(at, now);
    if (days <= 0) return this.time(at);
    if (days === 1) return this.t('yesterday');
    return days < 7 ? this.#weekday.format(new Date(at)) : this.#short.format(new Date(at));
  }

  ago(at: string | number, now: number): string {
    const minutes = Math.round((now - new Date(at).getTime()) / 60_000);
    if (minutes < 60) return this.#relative.format(-Math.max(0, minutes), 'minute');
    if (minutes < 36 * 60) return this.#relative.format(-Math.round(minutes / 60), 'hour');
    const days = Math.round(minutes / 1440);
    return days < 31 ? this.#relative.format(-days, 'day') : this.#short.format(new Date(at));
  }

  size(bytes: number): string {
    const [value, unit] =
      bytes < 1000 ? [bytes, 'byte'] : bytes < 1e6 ? [bytes / 1e3, 'kilobyte'] : [bytes / 1e6, 'megabyte'];
    return new Intl.NumberFormat(this.locale, {
      style: 'unit',
      unit: unit,
      unitDisplay: unit === 'byte' ? 'long' : 'short',
      maximumFractionDigits: unit === 'megabyte' ? 1 : 0,
    }).format(value);
  }

  /** The number of calendar days between two times in the time zone. */
  daysBefore(at: string | number, now: number): number {
    return Math.round((this.#midnight(now) - this.#midnight(new Date(at).getTime())) / 86_400_000);
  }

  #midnight(at: number): number {
    const date = new Date(at);
    if (this.timeZone === undefined) return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
    const parts = new Intl.DateTimeFormat('en-CA', { timeZone: this.timeZone }).format(date);
    return Date.parse(`${parts}T00:00:00Z`);
  }

  #form(text: Plural, n: number): string {
    const category = this.#plurals.select(n);
    return category === 'one' ? text.one : category === 'many' ? (text.many ?? text.other) : text.other;
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
