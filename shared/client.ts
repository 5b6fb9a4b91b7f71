/** The typed client of the API: what the console, scripts and tests speak through. Knows nothing but `fetch`. */
import type { z } from 'zod';
import type {
  CampaignAnswer,
  CampaignGiven,
  CampaignPage,
  CampaignView,
  ContactsGiven,
  LaunchGiven,
} from './api/campaigns.ts';
import type {
  ContactAnswer,
  ContactPatch,
  CorrectionInput,
  DecideInput,
  DomainAnswer,
  EnrollmentPage,
  EnrollmentView,
  HoldInput,
  MessagePage,
  MessageView,
  NextStepView,
  ReleaseInput,
  SuggestionInput,
  Timeline,
} from './api/contacts.ts';
import type { PreviewAnswer, PreviewInput, TestLetterAnswer, TestLetterInput } from './api/previews.ts';
import type {
  SenderGiven,
  SenderPage,
  SenderPatch,
  SenderPause,
  SenderView,
  TransferAnswer,
} from './api/senders.ts';
import type { SequenceGiven, SequencePage, SequenceView } from './api/sequences.ts';
import type {
  AcknowledgeGiven,
  AlertPage,
  AlertView,
  OutcomeGiven,
  TaskAnswer,
  TaskPage,
  TaskView,
} from './api/tasks.ts';
import type { Health, PageQuery, Problem } from './api.ts';
import type { Outcome } from './domain/task.ts';

export type ClientOptions = {
  readonly fetch: (request: Request) => Promise<Response> | Response;
  /** `http://127.0.0.1:4280`; without `/v1`. */
  readonly baseUrl: string;
  readonly token: string;
  /** BCP 47; the words of reasons. */
  readonly language?: string;
};

/** The API said no: `problem` says why, in its own words. */
export class ApiRefusal extends Error {
  readonly status: number;
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.status} ${problem.title}: ${problem.detail}`);
    this.name = 'ApiRefusal';
    this.status = problem.status;
    this.problem = problem;
  }
}

export type Client = ReturnType<typeof relanceClient>;

/** Every call throws an `ApiRefusal` on an error answer, and whatever `fetch` throws where there is none. */
export function relanceClient(options: ClientOptions) {
  const call = callWith(options);
  const get = <Answer>(where: string, query?: PageQuery) => call<Answer>('GET', where, undefined, query);
  const post = <Answer>(where: string, body?: unknown) => call<Answer>('POST', where, body);
  return {
    health: () => get<Health>('/health'),
    senders: {
      create: (sender: SenderGiven) => post<SenderView>('/senders', sender),
      list: (page?: PageQuery) => get<z.infer<typeof SenderPage>>('/senders', page),
      get: (id: string) => get<SenderView>(path`/senders/${id}`),
      change: (id: string, patch: z.input<typeof SenderPatch>) =>
        call<SenderView>('PATCH', path`/senders/${id}`, patch),
      pause: (id: string, pause: z.input<typeof SenderPause> = {}) =>
        post<SenderView>(path`/senders/${id}/pause`, pause),
      resume: (id: string) => post<SenderView>(path`/senders/${id}/resume`),
      probe: (id: string) => post<SenderView>(path`/senders/${id}/probe`),
      /** Everything of a leaver goes to sender `to`. */
      transfer: (id: string, to: string) => post<TransferAnswer>(path`/senders/${id}/transfer`, { to }),
    },
    sequences: {
      save: (sequence: SequenceGiven) => post<SequenceView>('/sequences', sequence),
      list: (page?: PageQuery) => get<z.infer<typeof SequencePage>>('/sequences', page),
      get: (id: string) => get<SequenceView>(path`/sequences/${id}`),
      getVersion: (id: string, version: number) =>
        get<SequenceView>(path`/sequences/${id}/versions/${String(version)}`),
    },
    campaigns: {
      create: (campaign: CampaignGiven) => post<CampaignAnswer>('/campaigns', campaign),
      /** Every letter to up to 20 contacts, with what the lint says; saves nothing. */
      preview: (asked: z.input<typeof PreviewInput>) => post<PreviewAnswer>('/campaigns/preview', asked),
      /** One letter to the sender's own address. */
      sendTest: (asked: z.input<typeof TestLetterInput>) =>
        post<TestLetterAnswer>('/campaigns/test-letter', asked),
      list: (page?: PageQuery) => get<z.infer<typeof CampaignPage>>('/campaigns', page),
      get: (id: string) => get<CampaignView>(path`/campaigns/${id}`),
      addContacts: (id: string, contacts: ContactsGiven) =>
        post<CampaignAnswer>(path`/campaigns/${id}/contacts`, contacts),
      launch: (id: string, launch: LaunchGiven = {}) =>
        post<CampaignAnswer>(path`/campaigns/${id}/launch`, launch),
      pause: (id: string) => post<CampaignAnswer>(path`/campaigns/${id}/pause`),
      resume: (id: string) => post<CampaignAnswer>(path`/campaigns/${id}/resume`),
      stop: (id: string) => post<CampaignAnswer>(path`/campaigns/${id}/stop`),
      enrollments: (id: string, page?: PageQuery) =>
        get<z.infer<typeof EnrollmentPage>>(path`/campaigns/${id}/enrollments`, page),
    },
    contacts: {
      get: (id: string) => get<ContactAnswer>(path`/contacts/${id}`),
      timeline: (id: string) => get<Timeline>(path`/contacts/${id}/timeline`),
      messages: (id: string, page?: PageQuery) =>
        get<z.infer<typeof MessagePage>>(path`/contacts/${id}/messages`, page),
      edit: (id: string, patch: z.input<typeof ContactPatch>) =>
        call<ContactAnswer>('PATCH', path`/contacts/${id}`, patch),
      /** Accepts or dismisses what their mails say of them. */
      settleSuggestion: (id: string, suggestion: z.input<typeof SuggestionInput>) =>
        post<ContactAnswer>(path`/contacts/${id}/suggestions`, suggestion),
      suppress: (id: string) => post<ContactAnswer>(path`/contacts/${id}/suppress`),
    },
    enrollments: {
      get: (id: string) => get<EnrollmentView>(path`/enrollments/${id}`),
      /** When the next step happens, and why then. */
      next: (id: string) => get<NextStepView>(path`/enrollments/${id}/next`),
      hold: (id: string, hold: z.input<typeof HoldInput> = {}) =>
        post<EnrollmentView>(path`/enrollments/${id}/hold`, hold),
      release: (id: string, release: z.input<typeof ReleaseInput> = {}) =>
        post<EnrollmentView>(path`/enrollments/${id}/release`, release),
      stop: (id: string) => post<EnrollmentView>(path`/enrollments/${id}/stop`),
      resume: (id: string) => post<EnrollmentView>(path`/enrollments/${id}/resume`),
      decide: (id: string, decision: z.input<typeof DecideInput>['decision']) =>
        post<EnrollmentView>(path`/enrollments/${id}/decide`, { decision }),
    },
    messages: {
      unmatched: (page?: PageQuery) =>
        call<z.infer<typeof MessagePage>>('GET', '/messages', undefined, { unmatched: 'true', ...page }),
      get: (contactId: string, id: string) => get<MessageView>(path`/messages/${contactId}/${id}`),
      correct: (contactId: string, id: string, reading: z.input<typeof CorrectionInput>) =>
        post<MessageView>(path`/messages/${contactId}/${id}/reading`, reading),
    },
    tasks: {
      open: (page?: PageQuery) => get<z.infer<typeof TaskPage>>('/tasks', page),
      get: (contactId: string, id: string) => get<TaskAnswer>(path`/tasks/${contactId}/${id}`),
      close: (contactId: string, id: string, outcome: Outcome, given: Omit<OutcomeGiven, 'outcome'> = {}) =>
        post<TaskView>(path`/tasks/${contactId}/${id}/outcome`, { outcome, ...given }),
      snooze: (contactId: string, id: string, until?: string) =>
        post<TaskView>(path`/tasks/${contactId}/${id}/snooze`, until === undefined ? {} : { until }),
      override: (contactId: string, id: string, reason: string) =>
        post<TaskAnswer>(path`/tasks/${contactId}/${id}/override`, { reason }),
    },
    alerts: {
      list: (page?: PageQuery) => get<z.infer<typeof AlertPage>>('/alerts', page),
      acknowledge: (id: string, given?: AcknowledgeGiven) =>
        post<AlertView>(path`/alerts/${id}/acknowledge`, given),
    },
    suppressions: {
      add: (domain: string) => post<DomainAnswer>('/suppressions', { domain }),
      remove: (domain: string) => call<DomainAnswer>('DELETE', path`/suppressions/${domain}`),
    },
  };
}

/** An id with a slash in it must not become another path. */
const path = (texts: TemplateStringsArray, ...ids: readonly string[]): string =>
  texts.reduce((whole, text, at) => `${whole}${encodeURIComponent(ids[at - 1] ?? '')}${text}`);

type Query = Readonly<Record<string, unknown>>;

function callWith({ fetch, baseUrl, token, language }: ClientOptions) {
  return async <Answer>(
    method: string,
    where: string,
    body?: unknown,
    query: Query = {},
  ): Promise<Answer> => {
    const url = new URL(`/v1${where}`, baseUrl);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const headers: Record<string, string> = { Authorization: `Bearer ${token}`, Accept: 'application/json' };
    if (language) headers['Accept-Language'] = language;
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(new Request(url, { method, headers, ...content }));
    const text = await response.text();
    if (response.ok) return JSON.parse(text) as Answer;
    throw new ApiRefusal(readProblem(response, text));
  };
}

/** A gateway in front of the API answers in its own words, if at all: the status is then all there is to say. */
function readProblem(response: Response, text: string): Problem {
  if (response.headers.get('content-type')?.startsWith('application/problem+json')) {
    return JSON.parse(text) as Problem;
  }
  return {
    type: 'about:blank',
    title: response.statusText || 'No answer of the API',
    status: response.status,
    detail: 'Something between here and the API answered in its place.',
    requestId: response.headers.get('x-request-id') ?? '',
  };
}
