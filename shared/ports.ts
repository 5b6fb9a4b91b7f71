/**
 * The world, in the product's words. `functions/aws/` implements these on AWS (and, with other endpoints, on the
 * embedded services); the simulator has its own. Nothing else in shared/ or functions/ reaches outside.
 */
import type { Alert } from './domain/alert.ts';
import type { AlertMessage, PostAnswer } from './domain/alert-message.ts';
import type { Arrival } from './domain/arrival.ts';
import type { AuditEntry } from './domain/audit.ts';
import type { Because } from './domain/because.ts';
import type { Campaign, Roster } from './domain/campaign.ts';
import type { Contact } from './domain/contact.ts';
import type { ContactState, EndedEnrollment } from './domain/enrollment/state.ts';
import type { Erasure } from './domain/erasure.ts';
import type { CompanyGate, Gates, Inbound } from './domain/gate.ts';
import type {
  CampaignId,
  ContactId,
  EnrollmentId,
  SenderId,
  SequenceId,
  SesId,
  TaskId,
} from './domain/ids.ts';
import type { Import } from './domain/import.ts';
import type { Instant } from './domain/instant.ts';
import type { LaunchReport } from './domain/launch-report.ts';
import type { ContactLetters } from './domain/letter/letter-text.ts';
import type { Message } from './domain/message.ts';
import type { Endpoints, Notice, Numbering } from './domain/notice.ts';
import type { Retention } from './domain/retention.ts';
import type { Sender } from './domain/sender.ts';
import type { Fate, Fates } from './domain/sending-health.ts';
import type { Sequence } from './domain/sequence.ts';
import type { KnownAllowance, SesAllowance } from './domain/ses-allowance.ts';
import type { Suppression } from './domain/suppression.ts';
import type { Task } from './domain/task.ts';
import type { PlaceStore } from './place-store.ts';
import type { Repeat } from './repeat.ts';

export type Ports = {
  readonly store: Store;
  readonly timers: Timers;
  readonly mailer: Mailer;
  readonly mailbox: Mailbox;
  readonly files: Files;
  readonly alerts: Alerts;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly settings: Settings;
};

/** What the operator chose; the same in every function. */
export type Settings = {
  /** Receives replies; a verified SES identity too, because it stands in Return-Path. */
  readonly replyDomain: string;
  /** `https://…` in front of `/u/TOKEN`. */
  readonly publicUrl: string;
  /** From address of alerts. */
  readonly alertAddress: string;
  /** Where alerts go that belong to no sender. */
  readonly operatorAddress: string;
  /** Rows of an import that are settled together; 500 where nothing is said. */
  readonly importBatchRows?: number;
  /** How long the bucket keeps raw mails; a year where nothing is said. */
  readonly mailDays?: number;
  /** Decides the domain that SES writes into Message-ID. */
  readonly region: string;
  /** Of one caller of the API; no limit where nothing is said. */
  readonly requestsPerSecond?: number;
  /** The bearer token of the API; absent where an authorizer stands before it and vouches for each request. */
  readonly apiToken?: string;
};

/** Everything that can be loaded by one key, by its word. */
export type Documents = {
  readonly sender: Sender;
  readonly sequence: Sequence;
  readonly campaign: Campaign;
  readonly roster: Roster;
  readonly report: LaunchReport;
  readonly contact: Contact;
  readonly letters: ContactLetters;
  readonly message: Message;
  readonly task: Task;
  readonly alert: Alert;
  readonly attempt: Attempt;
  readonly notice: Notice;
  readonly endpoints: Endpoints;
  readonly numbering: Numbering;
  readonly arrival: Arrival;
  readonly import: Import;
  readonly erasure: Erasure;
  readonly audit: AuditEntry;
  readonly retention: Retention;
  readonly repeat: Repeat;
  readonly allowance: KnownAllowance;
};
export type Kind = keyof Documents;

/** The parts of each document's key, in order. A message lives under its contact, or under `unmatched`. */
export type Keys = {
  readonly sender: readonly [SenderId];
  readonly sequence: readonly [id: string, version: number];
  readonly campaign: readonly [CampaignId];
  readonly roster: readonly [CampaignId, page: string];
  readonly report: readonly [CampaignId, id: string];
  readonly contact: readonly [ContactId];
  readonly letters: readonly [ContactId, CampaignId];
  readonly message: readonly [ContactId | 'unmatched', id: string];
  readonly task: readonly [ContactId, TaskId];
  readonly alert: readonly [id: string];
  readonly attempt: readonly [of: string, at: Instant, way: string];
  readonly notice: readonly [id: string];
  readonly endpoints: readonly ['all'];
  readonly numbering: readonly [ContactId];
  readonly arrival: readonly [id: string];
  readonly import: readonly [id: string];
  readonly erasure: readonly [ContactId];
  readonly audit: readonly [at: Instant, id: string];
  readonly retention: readonly ['all'];
  readonly repeat: readonly [id: string];
  readonly allowance: readonly ['ses'];
};

export type Page<Item> = { readonly items: readonly Item[]; readonly next?: string };

/** A state item as it was loaded; `version` is what `saveState` expects to find unchanged. */
export type Loaded = { readonly state: ContactState; readonly version: string };

export type SenderPause = {
  readonly senderId: SenderId;
  readonly at: Instant;
  readonly until?: Instant | undefined;
  readonly why: string;
};

/** A field of any of its shapes. */
export type FieldOf<Document> = Document extends unknown ? keyof Document & string : never;

/** All reads are strongly consistent except `list…`, whose index may lag by seconds (its items are read anew). */
export interface Store extends PlaceStore {
  loadState(contactId: ContactId): Promise<Loaded | undefined>;
  /** Of many, in their order: each as consistent as `loadState`, all of them together no snapshot. */
  loadStates(contactIds: readonly ContactId[]): Promise<readonly (Loaded | undefined)[]>;
  /**
   * One conditional write: succeeds only if the item still has `version` (`undefined`: does not exist).
   * `writeId` is fresh per attempt; a failed condition that finds it in the item means that an earlier, unheard
   * attempt of this very save succeeded, and counts as saved.
   */
  saveState(state: ContactState, version: string | undefined, writeId: string): Promise<'saved' | 'conflict'>;

  load<K extends Kind>(kind: K, ...key: Keys[K]): Promise<Documents[K] | undefined>;
  /** Of many, in their order; no snapshot. */
  loadMany<K extends Kind>(kind: K, keys: readonly Keys[K][]): Promise<readonly (Documents[K] | undefined)[]>;
  /** Idempotent: the second put of the same key answers `exists` and changes nothing. */
  putNew<K extends Kind>(kind: K, document: Documents[K]): Promise<'put' | 'exists'>;
  put<K extends Kind>(kind: K, document: Documents[K]): Promise<void>;
  /** Each as if put alone, in no order: a call that throws may have put some. Of two with one key the last counts. */
  putMany<K extends Kind>(kind: K, documents: readonly Documents[K][]): Promise<void>;
  /** Writes `after` only if the stored document still equals `before` in `fields`. */
  replace<K extends Kind>(
    kind: K,
    before: Documents[K],
    after: Documents[K],
    fields: readonly FieldOf<Documents[K]>[],
  ): Promise<'saved' | 'conflict'>;

  /** Numbered reasons that no longer fit the state item. */
  keepBecause(enrollmentId: EnrollmentId, number: number, because: Because): Promise<void>;
  keepWalk(walk: EndedEnrollment, contactId: ContactId): Promise<void>;
  listBecause(contactId: ContactId): Promise<readonly { enrollmentId: EnrollmentId; because: Because }[]>;
  listWalks(contactId: ContactId): Promise<readonly EndedEnrollment[]>;

  linkSesId(sesId: SesId, enrollmentId: EnrollmentId, step: number): Promise<void>;
  findSesId(sesId: string): Promise<{ enrollmentId: EnrollmentId; step: number } | undefined>;

  /** One consistent BatchGetItem over all gates of a letter. */
  readGates(of: { campaignId: CampaignId; senderId: SenderId; companyDomain?: string }): Promise<Gates>;
  /** `ADD used 1 IF used < quota` for one sender and day (ISO date in the sender's zone). */
  takeQuota(senderId: SenderId, day: string, quota: number): Promise<boolean>;
  /** Gives one back after a definite no. */
  giveQuota(senderId: SenderId, day: string): Promise<void>;
  /** Idempotent per enrollment: a bounce has two reporters. `day` as in `takeQuota`. */
  noteFate(senderId: SenderId, day: string, fate: Fate, enrollmentId: EnrollmentId): Promise<void>;
  /** Sums over these days; `sent` is what the quota counted. Consistent. */
  readFates(senderId: SenderId, days: readonly string[]): Promise<Fates>;
  /** `at`: when it was asked for. `false`: something later has been said already, and a request that was stuck undoes nothing. */
  pauseSender(pause: SenderPause): Promise<boolean>;
  resumeSender(senderId: SenderId, at: Instant): Promise<boolean>;
  /** The sender's gate alone, as last said: a moment that is over still stands there. Consistent. */
  loadSenderGate(senderId: SenderId): Promise<Gates['sender']>;
  saveInbound(inbound: Partial<Inbound>): Promise<void>;
  loadInbound(): Promise<Inbound | undefined>;
  /** `since`: from then on; the first moment stands. `undefined`: it may be written to again. */
  suppressDomain(domain: string, since: Instant | undefined): Promise<void>;
  isDomainSuppressed(domain: string): Promise<boolean>;
  /** Consistent; empty where nobody has had to do with the company. */
  loadCompany(domain: string): Promise<CompanyGate>;
  /** By domain, as it was given; no snapshot. */
  loadCompanies(domains: readonly string[]): Promise<ReadonlyMap<string, CompanyGate>>;
  /** One conditional write: the first sender has it. Answers whose it is now. */
  takeCompany(domain: string, senderId: SenderId): Promise<SenderId>;
  /** From one sender to another; `false`: it is not (or no longer) `from`'s. */
  moveCompany(domain: string, from: SenderId, to: SenderId): Promise<boolean>;
  /** Closes the company's gate. The first hold stands; answers the one in force. */
  holdCompany(domain: string, hold: CompanyHold): Promise<CompanyHold>;
  releaseCompany(domain: string): Promise<void>;

  /** Enrollments of a campaign by id, current states read consistently. */
  listEnrollments(campaignId: CampaignId, page?: PageAsked): Promise<Page<EnrollmentView>>;
  /** Contacts whose state asks for a look at or before `now`, oldest first. */
  listDue(now: Instant, page?: PageAsked): Promise<Page<ContactId>>;
  listCampaigns(page?: PageAsked): Promise<Page<Campaign>>;
  listSenders(page?: PageAsked): Promise<Page<Sender>>;
  /** Every version, by id, then by version. */
  listSequences(page?: PageAsked): Promise<Page<Sequence>>;
  /** The highest version; read consistently. */
  newestSequence(id: SequenceId): Promise<Sequence | undefined>;
  /** Every contact, by id. */
  listContacts(page?: PageAsked): Promise<Page<Contact>>;
  /** People and companies alike, newest first. */
  listSuppressions(page?: PageAsked): Promise<Page<Suppression>>;
  /** Contacts of a mail domain, by id. */
  listCompany(domain: string, page?: PageAsked): Promise<Page<Contact>>;
  /** `inbox`: what came in from contacts, newest first; `unmatched`: from nobody known. */
  listMessages(of: ContactId | 'unmatched' | 'inbox', page?: PageAsked): Promise<Page<Message>>;
  listTasks(of: { open: true } | { contactId: ContactId }, page?: PageAsked): Promise<Page<Task>>;
  listAlerts(page?: PageAsked): Promise<Page<Alert>>;
  /** Attempts to deliver one alert or notice, oldest first; kept for 90 days. Consistent. */
  listAttempts(of: string, page?: PageAsked): Promise<Page<Attempt>>;
  /** Notices that some endpoint has not taken: still tried, or only dead ones left. Oldest first. */
  listNotices(of: 'waiting' | 'dead', page?: PageAsked): Promise<Page<Notice>>;
  /** `ADD used 1 IF used < most` for whatever `name` is and the minute of `at`. */
  takeTurn(name: string, at: Instant, most: number): Promise<boolean>;
  /** Of one campaign, in no order. Consistent. */
  listReports(campaignId: CampaignId, page?: PageAsked): Promise<Page<LaunchReport>>;
  /** Newest first. */
  listImports(page?: PageAsked): Promise<Page<Import>>;
  /** Those that are not through yet, oldest first. */
  listErasures(page?: PageAsked): Promise<Page<Erasure>>;
  /** What is remembered of calls with an `Idempotency-Key`, newest first. */
  listRepeats(page?: PageAsked): Promise<Page<Repeat>>;
  /** Newest first. */
  listAudit(page?: PageAsked): Promise<Page<AuditEntry>>;
  /** Idempotent. */
  remove<K extends Kind>(kind: K, ...key: Keys[K]): Promise<void>;
  /** Removes everything that hangs on a contact but the state item; answers how many items that were. */
  clearContact(contactId: ContactId): Promise<number>;
}

/** One line of the delivery log: which way, when, and what came of it. No address, no body. */
export type Attempt = {
  /** The id of the alert or notice. */
  readonly of: string;
  readonly at: Instant;
  readonly way: string;
  /** `taken`, or a code such as `503` or `errcode 45009`. */
  readonly outcome: string;
};

export type CompanyHold = { readonly since: Instant; readonly by: ContactId };

export type PageAsked = { readonly limit?: number; readonly after?: string };
export type EnrollmentView = {
  readonly contactId: ContactId;
  readonly enrollment: ContactState['enrollment'] & {};
};

/** One-shot wake-ups, at least once, at most a minute late. */
export interface Timers {
  /** Named by enrollment, step and minute: the same moment set twice is one timer. None is moved or deleted. */
  setStep(timer: { enrollmentId: EnrollmentId; step: number; dueAt: Instant }): Promise<void>;
  /** Queues one page of a campaign's contacts (launch, stop) or of its enrollments (`gate-opened`). */
  queuePage(page: CampaignPage): Promise<void>;
  /** Lets an import go on where it stopped; `delayMs` is at most a quarter of an hour. */
  queueImport(importId: string, delayMs?: number): Promise<void>;
}

export type CampaignPage =
  | {
      readonly kind: 'enroll' | 'stop';
      readonly campaignId: CampaignId;
      readonly contactIds: readonly ContactId[];
      /** Whose turn comes when these have theirs: the lower grades of a launch. Only of `enroll`. */
      readonly afterwards?: readonly ContactId[];
    }
  | {
      readonly kind: 'gate-opened';
      readonly campaignId: CampaignId;
      readonly since: Instant;
      readonly after?: string;
    }
  /** The campaign's walks, tasks and companies go from one sender to another. */
  | {
      readonly kind: 'transfer';
      readonly campaignId: CampaignId;
      readonly from: SenderId;
      readonly to: SenderId;
      readonly after?: string;
    };

export type OutgoingMail = {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: Uint8Array;
  /** `[A-Za-z0-9_-]{1,256}` each; opaque ids only. */
  readonly tags: Readonly<Record<string, string>>;
};

export interface Mailer {
  /** One call, never retried inside; throws nothing. */
  send(mail: OutgoingMail): Promise<SendOutcome>;
  /** What the account may send; `undefined`: not to be learnt now. Throws nothing. */
  allowance(): Promise<SesAllowance | undefined>;
}

export type SendOutcome =
  | { readonly kind: 'accepted'; readonly sesId: SesId }
  /** A definite no: nothing went out. */
  | { readonly kind: 'refused'; readonly why: Refusal; readonly detail: string }
  /** Neither yes nor no: every 5xx, every time-out, every broken connection after the first byte. */
  | { readonly kind: 'unknown'; readonly detail: string };

export type Refusal =
  | 'throttled'
  | 'unreachable'
  | 'daily-quota'
  | 'sending-paused'
  /** Content or address: this letter will never go. */
  | 'rejected'
  /** Identity, configuration set or permission: no letter of the campaign will go. */
  | 'configuration';

export interface Mailbox {
  /** Idempotent. */
  remove(rawKey: string): Promise<void>;
  /** The first `bytesMax` bytes of a stored inbound mail; `undefined` if there is none. */
  read(rawKey: string, bytesMax: number): Promise<Uint8Array | undefined>;
  /** Sends a sign of life down the whole inbound path. */
  sendMark(at: Instant): Promise<void>;
  /** Mails that were given up on. */
  countDeadLetters(): Promise<number>;
  /** Puts a mail whose hold stands unread back into the inbound queue. */
  requeue(arrival: Arrival): Promise<void>;
}

/** Files of people's data that pass through: imports, exports. They expire by themselves after days. */
export interface Files {
  /** At most `bytesMax` bytes from byte `from` on; empty at its end, `undefined` if there is no such file. */
  read(key: string, from: number, bytesMax: number): Promise<Uint8Array | undefined>;
  write(key: string, bytes: Uint8Array, type: string): Promise<void>;
  /** Idempotent. */
  remove(key: string): Promise<void>;
  /** Keys that begin so, in order, at most 1,000 a page. */
  list(prefix: string, after?: string): Promise<{ readonly keys: readonly string[]; readonly next?: string }>;
  /** A PUT that works once, with exactly these headers and this many bytes, until it expires. */
  uploadLink(key: string, file: { bytes: number; type: string; forMs: number }): Promise<UploadLink>;
  /** A GET that needs no token; the browser saves it as `name`. */
  downloadLink(key: string, file: { name: string; forMs: number }): Promise<string>;
}

export type UploadLink = { readonly url: string; readonly headers: Readonly<Record<string, string>> };

export interface Alerts {
  /** Queues one delivery of something stored, or one ring; `delayMs` is at most a quarter of an hour. */
  queue(message: AlertMessage, delayMs?: number): Promise<void>;
  /** POSTs to a webhook that a user named; never follows redirects. */
  post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<PostAnswer>;
}

export interface Clock {
  now(): Instant;
}

export interface Ids {
  /** 20 random base32 characters. */
  fresh(): string;
  /** Never rotates: contact ids hang on it. */
  readonly contactSecret: string;
  /** Key id (one base32 character) → key. The first signs; all verify. */
  readonly tokenKeys: Readonly<Record<string, string>>;
}
