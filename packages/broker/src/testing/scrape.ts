import type { SocketAddress } from '@millrace/host';

/** One line of Prometheus' text format. */
export interface ScrapedSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What an endpoint says, parsed; throws for a line that is not of the format. */
export class Scrape {
  readonly samples: readonly ScrapedSample[];
  /** Names that a HELP and a TYPE line announce. */
  readonly announced: ReadonlySet<string>;

  constructor(text: string) {
    const lines = text.split('\n').filter((line) => line !== '');
    this.announced = new Set(lines.flatMap((line) => /^# TYPE (\S+) \w+$/.exec(line)?.[1] ?? []));
    this.samples = lines.filter((line) => !line.startsWith('#')).map(parseSample);
  }

  static async of({ host, port }: SocketAddress, query = ''): Promise<Scrape> {
    const response = await fetch(`http://${host}:${port}/metrics${query}`);
    if (response.status !== 200) throw new Error(`HTTP ${response.status}`);
    return new Scrape(await response.text());
  }

  named(name: string): readonly ScrapedSample[] {
    return this.samples.filter((sample) => sample.name === name);
  }

  /** The one value of that name whose labels are, or include, those given; `undefined` if there is none. */
  value(name: string, labels: Readonly<Record<string, string>> = {}): number | undefined {
    const wanted = Object.entries(labels);
    return this.named(name).find((sample) =>
      wanted.length === 0
        ? Object.keys(sample.labels).length === 0
        : wanted.every(([label, value]) => sample.labels[label] === value),
    )?.value;
  }
}

function parseSample(line: string): ScrapedSample {
  const match = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line);
  if (match === null) throw new Error(`Not a sample: ${line}`);
  const labels = [...(match[2] ?? '').matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)];
  return {
    name: match[1]!,
    labels: Object.fromEntries(labels.map(([, name, value]) => [name!, value!])),
    value: Number(match[3]),
  };
}
