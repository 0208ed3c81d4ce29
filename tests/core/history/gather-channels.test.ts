import { describe, expect, test } from 'vitest';
import { gatherChannels } from '../../../src/core/history/gather-channels';
import type { ChannelBatchHistoryItem, ChannelHistoryItem } from '../../../src/core/history/history';
import { channelItem } from '../../ui/samples';

const write = (id: string, more: Partial<ChannelHistoryItem> = {}): ChannelHistoryItem =>
  channelItem({ id, action: 'switch', batch: 'b', ...more });

describe('the lines of History', () => {
  test('gather channels that were switched or edited at once, and leave the others', () => {
    const alone = write('alone', { batch: 'c' });
    const made = [
      write('m1', { batch: 'd', action: 'create' }),
      write('m2', { batch: 'd', action: 'create' }),
    ];
    const lines = gatherChannels([write('r2'), alone, ...made, write('r1'), channelItem({ id: 'none' })]);
    expect(lines.map(({ about, id }) => [about, id])).toEqual([
      ['channels', 'b'],
      ['channel', 'alone'],
      ['channel', 'm1'],
      ['channel', 'm2'],
      ['channel', 'none'],
    ]);
    expect(lines[0]).toMatchObject({ action: 'switch', count: 2, channels: [{ id: 'r2' }, { id: 'r1' }] });
  });

  type Phases = ChannelHistoryItem['phase'][];
  test.each<[Phases, ChannelBatchHistoryItem['phase'], boolean]>([
    [['done', 'done'], 'done', true],
    [['done', 'writing'], 'writing', true],
    [['done', 'not-written'], 'partly-written', true],
    [['done', 'needs-look'], 'needs-look', true],
    [['undone', 'done'], 'partly-undone', true],
    [['undone', 'not-written'], 'undone', false],
    [['undone', 'undone'], 'undone', false],
    [['not-written', 'not-written'], 'not-written', false],
  ])('tell of channels that are %j that the whole is %s', (phases, phase, undoable) => {
    const writes = phases.map((one, index) =>
      write(String(index), {
        phase: one,
        undoable: one === 'done',
        undoneAt: one === 'undone' ? index + 1 : null,
      }),
    );
    const undone = phases.lastIndexOf('undone');
    expect(gatherChannels(writes)).toMatchObject([
      { phase, undoable, undoneAt: undone < 0 ? null : undone + 1 },
    ]);
  });
});
