/**
 * Liquid, cut down to what a letter needs: conditions, assignments and a few filters over text. No files, no
 * includes, no loops; so rendering is linear in the template, and a template from the API can do no harm.
 * A missing variable is an answer that names it: a letter with a hole in it must never go out.
 */
import { Liquid, LiquidError, type Template } from 'liquidjs';
import { slotMarker } from './slot-marker.ts';

/** What a template may name: `{{ contact.firstName }}`. `undefined` counts as missing. */
export type Scope = Readonly<Record<string, Readonly<Record<string, string | undefined>>>>;

export type Rendered = { readonly kind: 'rendered'; readonly text: string } | InvalidTemplate;

export type InvalidTemplate = {
  readonly kind: 'invalid';
  /** For the person who wrote the template; names the line. */
  readonly message: string;
  /** `contact.firstName`, where a missing variable is the reason. */
  readonly variable?: string;
  /** From 1; absent where no single place is at fault. */
  readonly line?: number;
};

export const TEMPLATE_BYTES_MAX = 20 * 1024;
const MEMORY_MAX = 1_000_000;

const TAGS = new Set(['if', 'unless', 'case', 'assign', 'comment', '#', 'raw']);
// `replace` is not among them: liquidjs charges its limit for the arguments, not for the product.
const FILTERS = new Set([
  'append',
  'capitalize',
  'default',
  'downcase',
  'prepend',
  'strip',
  'truncate',
  'truncatewords',
  'upcase',
]);

let engineOnce: Liquid | undefined;

/** Why a template cannot be used, or `undefined`. Tells syntax, tags and filters; not whether variables exist. */
export function checkTemplate(template: string): InvalidTemplate | undefined {
  const parsed = parse(template);
  return 'kind' in parsed ? parsed : undefined;
}

/** Full names of what the template reads, `contact.why` and the like, each once. Empty if it does not parse. */
export function variablesOf(template: string): readonly string[] {
  const parsed = parse(template);
  return 'kind' in parsed ? [] : engine().globalFullVariablesSync(parsed.templates);
}

/** Never throws: what a template or a contact lacks is the writer's to mend, so it is an answer. */
export function renderTemplate(template: string, scope: Scope): Rendered {
  const parsed = parse(template);
  if ('kind' in parsed) return parsed;
  const closed = Object.fromEntries(
    // Liquid's `.size` of an object counts its keys. An own `size` makes it a name like any other.
    Object.entries(scope).map(([name, values]) => [name, { size: undefined, ...values }]),
  );
  try {
    return { kind: 'rendered', text: String(engine().renderSync(parsed.templates, closed)) };
  } catch (error) {
    return invalid(error);
  }
}

function parse(template: string): { readonly templates: Template[] } | InvalidTemplate {
  if (Buffer.byteLength(template) > TEMPLATE_BYTES_MAX) {
    return { kind: 'invalid', message: `The template is longer than ${TEMPLATE_BYTES_MAX} bytes.` };
  }
  try {
    return { templates: engine().parse(template) };
  } catch (error) {
    return invalid(error);
  }
}

function engine(): Liquid {
  engineOnce ??= closedEngine();
  return engineOnce;
}

function closedEngine(): Liquid {
  const liquid = new Liquid({
    strictVariables: true,
    strictFilters: true,
    // With it `{% if contact.title %}` and `| default:` may ask about what is missing; nothing else may.
    lenientIf: true,
    ownPropertyOnly: true,
    templates: {},
    parseLimit: TEMPLATE_BYTES_MAX,
    // No limit of time: without loops 20 KB are rendered in one pass, and a frozen process must not spoil a good letter.
    memoryLimit: MEMORY_MAX,
    outputEscape: onlyText,
  });
  for (const name of Object.keys(liquid.tags)) if (!TAGS.has(name)) delete liquid.tags[name];
  for (const name of Object.keys(liquid.filters)) if (!FILTERS.has(name)) delete liquid.filters[name];
  liquid.registerFilter('slot', slotOf);
  return liquid;
}

/** The wish stands in the letter until it is known which hour can be offered. */
function slotOf(wish: unknown): string {
  const marker = typeof wish === 'string' ? slotMarker(wish) : undefined;
  if (marker === undefined) throw new Error('a slot is written "tuesday 11:00" or "11:00"');
  return marker;
}

/** `{{ contact }}` would print "[object Object]", and `nil` nothing at all. */
function onlyText(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new Error('only text can stand here');
}

function invalid(error: unknown): InvalidTemplate {
  // Anything but Liquid's own errors is a surprise, not a fault of the template.
  if (!LiquidError.is(error)) throw error;
  const line = error.token?.getPosition()[0];
  const reason = innermost(error).message.replace(/, line:\d{1,6}, col:\d{1,6}$/, '');
  const variable = /^undefined variable: (.{1,200})$/s.exec(reason)?.[1];
  const place = line === undefined ? '' : `Line ${line}: `;
  const message = variable
    ? `${place}${variable} has no value here. Give it one, or write {{ ${variable} | default: "…" }}.`
    : `${place}${reason}.`;
  return {
    kind: 'invalid',
    message,
    ...(variable === undefined ? {} : { variable }),
    ...(line === undefined ? {} : { line }),
  };
}

function innermost(error: LiquidError): Error {
  const inner: unknown = error.originalError;
  return inner instanceof Error ? (LiquidError.is(inner) ? innermost(inner) : inner) : error;
}
