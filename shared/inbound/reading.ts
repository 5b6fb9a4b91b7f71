/** What one inbound mail is and says: the answer of `read-mail.ts`, and what the console shows and a person corrects. */

export type MailKind =
  | 'reply'
  | 'absence'
  | 'auto-reply'
  | 'left-company'
  | 'bounce'
  | 'complaint'
  | 'unsubscribe'
  | 'challenge'
  | 'list'
  /** Taken as a reply: a person looks. */
  | 'unknown';

/** The header or the quoted words that a finding rests on. `start`/`end` are offsets into the new text. */
export type Evidence =
  | { readonly from: 'header'; readonly name: string; readonly value: string }
  | { readonly from: 'text'; readonly words: string; readonly start: number; readonly end: number }
  /** Words of the signature, which is no part of the new text. */
  | { readonly from: 'signature'; readonly words: string }
  | { readonly from: 'structure'; readonly what: string };

export type Finding<Value> = {
  readonly value: Value;
  readonly evidence: readonly Evidence[];
  /** 0…1. */
  readonly confidence: number;
};

export type Absence = {
  /** ISO dates. `returnOn` is the first day available again, whatever the wording was. */
  readonly from?: string;
  readonly returnOn?: string;
  readonly reason: 'trip' | 'leave' | 'other';
  /** The note asks to be called or written to elsewhere meanwhile. */
  readonly invitesContact: boolean;
};

export type Phone = {
  readonly e164: string;
  readonly type: 'mobile' | 'fixed' | 'unknown';
  readonly owner: 'contact' | 'stand-in' | 'switchboard';
  /** The stand-in's name, where the owner is one. */
  readonly name?: string;
  readonly urgent: boolean;
};

export type Person = {
  readonly role: 'stand-in' | 'successor';
  readonly name?: string;
  readonly address?: string;
  readonly phone?: string;
};

export type Bounce = {
  readonly class: 'permanent' | 'transient' | 'delayed';
  /** RFC 3463 status where the report gives one. */
  readonly status?: string;
  readonly recipient?: string;
};

/** What a person wants. `other` where nothing in the words tells. */
export type Intent = {
  readonly kind:
    | 'interested'
    | 'asks'
    | 'later'
    | 'not-interested'
    | 'wrong-person'
    | 'unsubscribe'
    | 'other';
  readonly asksFor: readonly ('price' | 'samples' | 'meeting')[];
};

/** Who signs. Numbers of the signature stand among the reading's `phones`. */
export type Signature = {
  readonly title?: string;
  readonly authority?: 'owner' | 'director' | 'buyer' | 'assistant';
  readonly company?: string;
};

/** What sort of machine answered, where the kind is `auto-reply`. */
export type AutomaticSort = 'read-receipt' | 'calendar' | 'ticket' | 'changed-address' | 'receipt';

/** A mail that carries another one: a mailbox rule's forward, or a person's. */
export type Forwarded = {
  readonly by: 'inline' | 'attached';
  readonly from?: { readonly name?: string; readonly address: string };
  readonly subject?: string;
  readonly messageId?: string;
  /** Somebody wrote above it: the reading is of those words. Else it is of the carried mail. */
  readonly hasCover: boolean;
};

export type Reading = {
  readonly kind: Finding<MailKind>;
  /** The new words only: no quote, no signature. Plain text. */
  readonly replyText: string;
  /** ISO 639-1, `und` where too little text. */
  readonly language: string;
  readonly absence?: Finding<Absence>;
  readonly bounce?: Finding<Bounce>;
  readonly phones: readonly Finding<Phone>[];
  readonly people: readonly Finding<Person>[];
  /** Of a person's mail only. */
  readonly intent?: Finding<Intent>;
  readonly signature?: Finding<Signature>;
  readonly automatic?: Finding<AutomaticSort>;
  /**
   * Words that ask for no more mail. `isCertain`: short, about the mails or the list, and nothing else wanted (the
   * kind is `unsubscribe` then); otherwise a person is asked.
   */
  readonly optOut?: Finding<{ readonly isCertain: boolean }>;
  readonly newAddress?: Finding<string>;
  readonly forwarded?: Finding<Forwarded>;
  /** Duplicate From or Subject and the like: shown, never trusted. */
  readonly ambiguous: readonly string[];
};
