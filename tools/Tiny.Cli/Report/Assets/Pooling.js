// Pools: the largest and the mean under a window of each channel, and the mean over all places.
{
  const pool = take => ({
    outputs: node => tiny.windowOf(node, 0, node.shape.channels),
    parse() {},
    run(node, x) {
      const z = [];
      tiny.walk(node, taps => { for (let c = 0; c < node.shape.channels; c++) z.push(take(taps.map(([, at]) => x[at + c]))); });
      return z;
    },
  });
  const mean = values => values.reduce((a, b) => a + b, 0) / values.length;
  tiny.kinds[6] = pool(values => Math.max(...values));
  tiny.kinds[7] = pool(mean);
  tiny.kinds[8] = {
    outputs: node => node.shape.channels,
    parse() {},
    run: (node, x) => Array.from({ length: node.outputs }, (_, c) => mean(x.filter((_, i) => i % node.outputs === c))),
  };
}
