// The root of all pages: those who are in get the shell, the others a page that lets them in.
import { Navigate, Outlet, useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { useSession } from '../entry/use-session.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Waiting } from '../parts/waiting.tsx';
import { Away } from './away.tsx';
import { useHouse } from './house.ts';
import { Shell } from './shell.tsx';

const LoginPage = lazy(async () => ({ default: (await import('../entry/login-page.tsx')).LoginPage }));

/** Live updates are only for those who are in. */
function useLiveWhile(isIn: boolean): void {
  const { live } = useHouse();
  useEffect(() => {
    if (!isIn) return;
    live.start();
    return () => live.stop();
  }, [live, isIn]);
}

function Login() {
  if (!useTexts('entry')) return <Waiting />;
  return (
    <Suspense fallback={<Waiting />}>
      <LoginPage />
    </Suspense>
  );
}

export function Frame() {
  const { data: session, failureCount, errorUpdateCount, refetch } = useSession();
  const { pathname } = useLocation();
  const isOut = session !== undefined && session.user === undefined;
  useLiveWhile(session?.user !== undefined);
  if (session === undefined) {
    // Failed before, though it may be asking again.
    const isAway = failureCount + errorUpdateCount > 0;
    return isAway ? <Away ask={() => void refetch()} /> : <Waiting />;
  }
  if (pathname === '/setup') return <Outlet />;
  if (isOut) return session.needsSetup ? <Navigate to="/setup" replace /> : <Login />;
  return <Shell />;
}
