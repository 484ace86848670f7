// Int8 convolutions, pools and what stands between them and dense layers. Between layers this page has what bytes stand for:
// the byte less the one that counts as 0.
{
  const zero = node => node.attributes.getUint8(0);
  const read = (node, x) => node.input === 255 ? x.map(level => level + 128 - zero(node)) : x;
  const away = x => x < 0 ? -Math.floor(0.5 - x) : Math.floor(x + 0.5);

  function filters(windowAt, countOf, eachOf, sumOf) {
    return {
      outputs(node) {
        tiny.windowOf(node, windowAt, countOf(node));
        node.pool = node.attributes.getUint8(windowAt + 11);
        node.walked = node.given;
        node.given = { ...node.given, height: Math.floor(node.given.height / node.pool), width: Math.floor(node.given.width / node.pool) };
        return node.given.height * node.given.width * node.given.channels;
      },
      parse(node, reader) {
        const rows = node.given.channels;
        node.activation = node.attributes.getUint8(windowAt + 10);
        node.parameter = node.attributes.byteLength > windowAt + 12 ? node.attributes.getFloat32(windowAt + 12, true) : 0;
        node.biases = reader.ints(rows);
        if (node.activation === 3) {
          node.shift = reader.take(4)[0];
        } else {
          node.shifts = Array.from(reader.take(rows));
          reader.align();
          [node.sumStep, node.digitStep] = reader.floats(2);
        }
        node.weights = Array.from({ length: rows }, () => Array.from(reader.take(eachOf(node)), byte => byte > 127 ? byte - 256 : byte));
        reader.align();
      },
      run(node, x) {
        const q = read(node, x), rows = node.given.channels, digits = [];
        tiny.walk(node, taps => node.weights.forEach((row, r) => {
          const sum = node.biases[r] + sumOf(node, row, r, taps, q);
          if (node.activation === 3) {
            digits.push(tiny.hold(sum >> node.shift, 0, 127));
          } else {
            const step = tiny.hold(sum >> node.shifts[r], -128, 127);
            const [value] = tiny.activate([Math.fround(step * node.sumStep)], node.activation, node.parameter);
            digits.push(tiny.hold(away(value / node.digitStep), -127, 127));
          }
        }));
        if (node.pool === 1) return digits;
        const z = [];
        for (let y = 0; y < node.given.height; y++) {
          for (let x = 0; x < node.given.width; x++) {
            for (let r = 0; r < rows; r++) {
              let largest = -127;
              for (let i = 0; i < node.pool * node.pool; i++) {
                const row = y * node.pool + Math.floor(i / node.pool), column = x * node.pool + i % node.pool;
                largest = Math.max(largest, digits[(row * node.walked.width + column) * rows + r]);
              }
              z.push(largest);
            }
          }
        }
        return z;
      },
    };
  }

  const taps = node => node.window.height * node.window.width;
  const count = node => node.attributes.getUint16(2, true);
  tiny.kinds[11] = filters(4, count, node => taps(node) * node.shape.channels, (node, row, r, inside, q) => {
    let sum = 0;
    for (const [tap, at] of inside) for (let c = 0; c < node.shape.channels; c++) sum += row[tap * node.shape.channels + c] * q[at + c];
    return sum;
  });
  tiny.kinds[12] = filters(2, node => node.shape.channels, taps, (node, row, r, inside, q) =>
    inside.reduce((sum, [tap, at]) => sum + row[tap] * q[at + r], 0));

  const pool = take => ({
    outputs: node => tiny.windowOf(node, 2, node.shape.channels),
    parse() {},
    run(node, x) {
      const q = read(node, x), z = [];
      tiny.walk(node, inside => {
        for (let c = 0; c < node.shape.channels; c++) z.push(take(inside.map(([, at]) => q[at + c]), zero(node)));
      });
      return z;
    },
  });
  tiny.kinds[13] = pool(values => Math.max(...values));
  tiny.kinds[14] = pool((values, zero) =>
    Math.floor((2 * values.reduce((a, b) => a + b + zero, 0) + values.length) / (2 * values.length)) - zero);

  // The buffer's type tells whether floats or digits are given: floats are what a scale is written for.
  const givesFloats = node => node.type === 0;
  tiny.kinds[15] = {
    outputs: node => node.shape.channels,
    parse() {},
    run(node, x) {
      const q = read(node, x);
      return Array.from({ length: node.outputs }, (_, c) => {
        const sum = q.reduce((a, b, i) => i % node.outputs === c ? a + b : a, 0);
        return givesFloats(node)
          ? Math.fround(sum * node.attributes.getFloat32(2, true))
          : tiny.hold(Math.floor((sum * node.attributes.getInt32(2, true) + 8388608) / 16777216), -127, 127);
      });
    },
  };
  tiny.kinds[16] = {
    outputs(node) {
      if (givesFloats(node)) node.given = node.shape;
      return node.inputs;
    },
    parse() {},
    run: (node, x) => givesFloats(node) ? x.map(q => Math.fround(q * node.attributes.getFloat32(2, true))) : x,
  };
}
