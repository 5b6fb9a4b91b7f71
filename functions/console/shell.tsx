/** The frame around every page: where one is, what waits, language, light or dark. Pages load when they are opened. */
import { usePrefetchInfiniteQuery, usePrefetchQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { Route, Router, Switch, useLocation } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { campaignQuery, enrollmentsQuery } from './campaign/campaign-queries.ts';
import { useWords } from './lexicon/words.tsx';
import Today from './pages/today.tsx';
import { ErrorBoundary } from './parts/error-boundary.tsx';
import { Empty, Loading } from './parts/loaded.tsx';
import { Notices } from './parts/notices.tsx';
import { usePulse } from './parts/pulse.ts';
import { useClient, useSession } from './session/session.tsx';
import { PageList } from './shell/page-list.tsx';
import { TopBar } from './shell/top-bar.tsx';

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

export function Shell() {
  return (
    <Router hook={useHashLocation}>
      <Frame />
    </Router>
  );
}

function Frame() {
  const [path] = useLocation();
  const { config } = useSession();
  const openTasks = usePulse();
  // Says something on a telephone only: where there is room, the pages always stand beside.
  const [isOpen, setOpen] = useState(false);
  const isLocal = config.local === true;
  return (
    <div className="frame">
      <TopBar isOpen={isOpen} onOpen={setOpen} />
      <PageList
        path={path}
        openTasks={openTasks}
        isLocal={isLocal}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
      />
      <main className="frame-main">
        <Notices />
        <ErrorBoundary key={path}>
          <Suspense fallback={<Loading />}>
            <Pages isLocal={isLocal} />
          </Suspense>
        </ErrorBoundary>
      </main>
    </div>
  );
}

const Pages = ({ isLocal }: { readonly isLocal: boolean }) => {
  const t = useWords();
  return (
    <Switch>
      <Route path="/" component={Today} />
      <Route path="/inbox" component={Inbox} />
      <Route path="/campaigns" component={Campaigns} />
      <Route path="/campaigns/:id">{({ id }) => <CampaignOnItsWay key={id} id={id} />}</Route>
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

/** Its rows are asked for while the page itself is still being loaded. */
function CampaignOnItsWay({ id }: { readonly id: string }) {
  const client = useClient();
  usePrefetchQuery(campaignQuery(client, id));
  usePrefetchInfiniteQuery(enrollmentsQuery(client, id));
  return <Campaign id={id} />;
}
