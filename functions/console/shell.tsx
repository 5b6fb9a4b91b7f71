/** The frame around every page: where one is, what waits, language, light or dark. Pages load when they are opened. */
import AppLayout from '@cloudscape-design/components/app-layout';
import Badge from '@cloudscape-design/components/badge';
import SideNavigation, { type SideNavigationProps } from '@cloudscape-design/components/side-navigation';
import TopNavigation from '@cloudscape-design/components/top-navigation';
import { lazy, Suspense, useState } from 'react';
import { Route, Router, Switch, useLocation } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { type Language, useLanguage, useWords, type WordKey } from './lexicon/words.tsx';
import { ErrorBoundary } from './parts/error-boundary.tsx';
import { Empty } from './parts/loaded.tsx';
import { Notices } from './parts/notices.tsx';
import { usePulse } from './parts/pulse.ts';
import { chooseMode, type ModeChoice, storedMode } from './session/mode.ts';
import { useSession } from './session/session.tsx';

const Today = lazy(() => import('./pages/today.tsx'));
const Campaigns = lazy(() => import('./pages/campaigns.tsx'));
const Campaign = lazy(() => import('./pages/campaign.tsx'));
const Launch = lazy(() => import('./pages/launch.tsx'));
const Contact = lazy(() => import('./pages/contact.tsx'));
const Company = lazy(() => import('./pages/company.tsx'));
const Inbox = lazy(() => import('./pages/inbox.tsx'));
const Sequences = lazy(() => import('./pages/sequences.tsx'));
const Sequence = lazy(() => import('./pages/sequence.tsx'));
const Suppressions = lazy(() => import('./pages/suppressions.tsx'));
const Settings = lazy(() => import('./pages/settings.tsx'));
const Lab = lazy(() => import('./pages/lab.tsx'));

export function Shell({ onLanguage }: { readonly onLanguage: (language: Language) => void }) {
  return (
    <Router hook={useHashLocation}>
      <Frame onLanguage={onLanguage} />
    </Router>
  );
}

function Frame({ onLanguage }: { readonly onLanguage: (language: Language) => void }) {
  const t = useWords();
  const [path, go] = useLocation();
  const { config } = useSession();
  const openTasks = usePulse();
  const [isOpen, setOpen] = useState(() => matchMedia('(min-width: 689px)').matches);
  const follow = (event: CustomEvent<{ href?: string; external?: boolean }> & { preventDefault(): void }) => {
    const { href, external } = event.detail;
    if (external || !href?.startsWith('#')) return;
    event.preventDefault();
    go(href.slice(1));
    if (matchMedia('(max-width: 688px)').matches) setOpen(false);
  };
  return (
    <>
      <div id="top">
        <Top onLanguage={onLanguage} />
      </div>
      <AppLayout
        headerSelector="#top"
        toolsHide
        navigationOpen={isOpen}
        onNavigationChange={({ detail }) => setOpen(detail.open)}
        navigationWidth={230}
        notifications={<Notices />}
        ariaLabels={{
          navigation: t('nav.label'),
          navigationClose: t('nav.close'),
          navigationToggle: t('nav.open'),
          notifications: t('nav.notices'),
        }}
        navigation={
          <SideNavigation
            activeHref={`#${sectionOf(path)}`}
            items={itemsOf(t, openTasks, config.local === true)}
            onFollow={follow}
          />
        }
        content={
          <ErrorBoundary key={path}>
            <Suspense fallback={null}>
              <Pages isLocal={config.local === true} />
            </Suspense>
          </ErrorBoundary>
        }
      />
    </>
  );
}

const sectionOf = (path: string): string => {
  const section = /^\/[a-z]*/.exec(path)?.[0] ?? '/';
  if (section === '/contacts' || section === '/companies') return '/';
  return section === '/launch' ? '/campaigns' : section;
};

const itemsOf = (
  t: (key: WordKey) => string,
  openTasks: number,
  isLocal: boolean,
): SideNavigationProps.Item[] => [
  {
    type: 'link',
    text: t('nav.today'),
    href: '#/',
    ...(openTasks > 0 ? { info: <Badge color="red">{openTasks > 99 ? '99+' : openTasks}</Badge> } : {}),
  },
  { type: 'link', text: t('nav.inbox'), href: '#/inbox' },
  { type: 'link', text: t('nav.campaigns'), href: '#/campaigns' },
  { type: 'link', text: t('nav.sequences'), href: '#/sequences' },
  { type: 'divider' },
  { type: 'link', text: t('nav.suppressions'), href: '#/suppressions' },
  { type: 'link', text: t('nav.settings'), href: '#/settings' },
  ...(isLocal ? [{ type: 'link' as const, text: t('nav.lab'), href: '#/lab' }] : []),
];

const Pages = ({ isLocal }: { readonly isLocal: boolean }) => {
  const t = useWords();
  return (
    <Switch>
      <Route path="/" component={Today} />
      <Route path="/inbox" component={Inbox} />
      <Route path="/campaigns" component={Campaigns} />
      <Route path="/campaigns/:id">{({ id }) => <Campaign key={id} id={id} />}</Route>
      <Route path="/launch" component={Launch} />
      <Route path="/contacts/:id">{({ id }) => <Contact key={id} id={id} />}</Route>
      <Route path="/contacts/:id/answer/:mail">
        {({ id, mail }) => <Contact key={mail} id={id} answering={mail} />}
      </Route>
      <Route path="/companies/:domain">{({ domain }) => <Company key={domain} domain={domain} />}</Route>
      <Route path="/sequences" component={Sequences} />
      <Route path="/sequences/:id">{({ id }) => <Sequence key={id} id={id} />}</Route>
      <Route path="/suppressions" component={Suppressions} />
      <Route path="/settings" component={Settings} />
      {isLocal && <Route path="/lab" component={Lab} />}
      <Route>
        <Empty title={t('error.no-page')} />
      </Route>
    </Switch>
  );
};

function Top({ onLanguage }: { readonly onLanguage: (language: Language) => void }) {
  const t = useWords();
  const language = useLanguage();
  const { signOut } = useSession();
  const [mode, setMode] = useState<ModeChoice>(storedMode);
  return (
    <TopNavigation
      identity={{ href: '#/', logo: { src: './logo.svg', alt: t('app.name') } }}
      utilities={[
        {
          type: 'menu-dropdown',
          text: language === 'zh' ? '中文' : 'English',
          ariaLabel: `${language === 'zh' ? '中文' : 'English'} · ${t('top.language')}`,
          items: [
            { id: 'en', text: 'English', lang: 'en' },
            { id: 'zh', text: '中文', lang: 'zh-CN' },
          ] as never,
          onItemClick: ({ detail }) => onLanguage(detail.id as Language),
        },
        {
          type: 'menu-dropdown',
          iconName: 'settings',
          ariaLabel: t('top.look'),
          title: t('top.look'),
          items: [
            ...(['light', 'dark', 'device'] as const).map((choice) => ({
              id: choice,
              text: t(`mode.${choice}`),
              itemType: 'checkbox' as const,
              checked: mode === choice,
            })),
            { id: 'leave', text: t('top.leave') },
          ],
          onItemClick: ({ detail }) => {
            if (detail.id === 'leave') return signOut();
            chooseMode(detail.id as ModeChoice);
            setMode(detail.id as ModeChoice);
          },
        },
      ]}
    />
  );
}
