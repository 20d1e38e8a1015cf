// How rules, topics and devices hang together. What is shown of it stands in the address.
import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconAffiliate } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useMemo } from 'react';
import { choicesOf } from '../devices/device-facts.ts';
import { useWords } from '../i18n/use-words.ts';
import { Empty } from '../parts/empty.tsx';
import { LoadFailure } from '../parts/load-failure.tsx';
import { usePageTitle } from '../parts/use-page-title.ts';
import { Waiting } from '../parts/waiting.tsx';
import type { Marks } from './graph.ts';
import { NodePanel } from './node-panel.tsx';
import { RuleList } from './rule-list.tsx';
import { filtered, type House, useMap, useNodeName } from './use-map.ts';
import './map-page.css';

const route = getRouteApi('/map');
const Drawing = lazy(async () => ({ default: (await import('./drawing.tsx')).Drawing }));
const names = ['around', 'label', 'room', 'as', 'node'] as const;
type Search = { readonly [Name in (typeof names)[number]]?: string };

function useTake() {
  const navigate = route.useNavigate();
  return useCallback(
    (change: Search): void => {
      const merged = (search: Search): Search =>
        Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value));
      void navigate({ search: merged, replace: true, resetScroll: false });
    },
    [navigate],
  );
}

function isListIn(as: string | undefined, isNarrow: boolean): boolean {
  return as === undefined ? isNarrow : as === 'list';
}

function Filters({
  rules,
  devices,
  isList,
}: Pick<House, 'rules' | 'devices'> & { readonly isList: boolean }) {
  const { say, language } = useWords();
  const take = useTake();
  const { label, room } = route.useSearch();
  const labels = choicesOf([...rules.flatMap((rule) => rule.labels), label], language);
  const rooms = choicesOf([...devices.map((device) => device.room), room], language);
  return (
    <div className="map-filters">
      <SegmentedControl
        aria-label={say('map.as')}
        value={isList ? 'list' : 'map'}
        onChange={(as) => take({ as })}
        data={[
          { value: 'map', label: say('map.as.map') },
          { value: 'list', label: say('map.as.list') },
        ]}
      />
      {labels.length === 0 ? null : (
        <NativeSelect
          aria-label={say('map.label')}
          value={label ?? ''}
          onChange={(event) => take({ label: event.currentTarget.value })}
          data={[{ value: '', label: say('map.label.all') }, ...labels]}
        />
      )}
      {rooms.length === 0 ? null : (
        <NativeSelect
          aria-label={say('map.room')}
          value={room ?? ''}
          onChange={(event) => take({ room: event.currentTarget.value })}
          data={[{ value: '', label: say('map.room.all') }, ...rooms]}
        />
      )}
    </div>
  );
}

function LoadedMap({ house, marks }: { readonly house: House; readonly marks: Marks }) {
  const { say } = useWords();
  const take = useTake();
  const { around, label, room, as, node: chosen } = route.useSearch();
  const isList = isListIn(
    as,
    useMediaQuery('(max-width: 899px)', true, { getInitialValueInEffect: false }) ?? false,
  );
  const graph = useMemo(
    () => filtered(house, { ...(around && { around }), ...(label && { label }), ...(room && { room }) }),
    [house, around, label, room],
  );
  const nameOf = useNodeName(house);
  const node = house.analysis.nodes.find(({ id }) => id === chosen);
  const choose = useCallback((id: string) => take({ node: id }), [take]);
  const common = { marks, nameOf, onChoose: choose };
  return (
    <>
      <Filters rules={house.rules} devices={house.devices} isList={isList} />
      {house.analysis.isPartial ? <p className="dim">{say('map.partial')}</p> : null}
      <div className="map" data-side={node !== undefined}>
        {isList ? (
          <RuleList graph={graph} {...common} />
        ) : (
          <Suspense fallback={<Waiting rows={5} />}>
            <Drawing graph={graph} chosen={chosen} {...common} />
          </Suspense>
        )}
        {node === undefined ? null : (
          <NodePanel
            graph={house.analysis}
            node={node}
            nameOf={nameOf}
            onChoose={choose}
            findings={house.analysis.findings}
            isAround={around === node.id}
            onAround={(isWanted) => take({ around: isWanted ? node.id : '' })}
            onClose={() => take({ node: '' })}
          />
        )}
      </div>
    </>
  );
}

export function MapPage() {
  const { say } = useWords();
  const { data: analysis, error, refetch, marks, rules, devices } = useMap();
  const house = useMemo(() => analysis && { analysis, rules, devices }, [analysis, rules, devices]);
  usePageTitle(say('map.title'));
  return (
    <div className="page map-page">
      <div className="page-head">
        <h1>{say('map.title')}</h1>
      </div>
      {!analysis && error ? <LoadFailure error={error} retry={() => void refetch()} /> : null}
      {!analysis && !error ? <Waiting rows={5} /> : null}
      {analysis?.rules === 0 ? (
        <Empty
          icon={<IconAffiliate size={24} stroke={1.6} aria-hidden />}
          title={say('map.none')}
          hint={say('map.none.hint')}
        />
      ) : null}
      {house && marks && house.analysis.rules > 0 ? <LoadedMap house={house} marks={marks} /> : null}
    </div>
  );
}
