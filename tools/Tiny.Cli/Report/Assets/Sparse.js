// Sparse layers: which weights there are, as gaps between their inputs; float32 row by row, int8 by groups of three rows.
{
  const indices = (reader, rows) => {
    const bits = reader.take(4)[0], [, gaps] = reader.ints(2);
    const counts = Array.from({ length: rows }, () => { const two = reader.take(2); return two[0] | two[1] << 8; });
    reader.align();
    const bytes = reader.take((gaps * bits + 7) >> 3), most = 2 ** bits - 1;
    reader.align();
    let at = 0;
    const next = () => {
      const i = at++;
      return bits === 4 ? (bytes[i >> 1] >> (i % 2 * 4)) & 15 : bits === 8 ? bytes[i] : bytes[2 * i] | bytes[2 * i + 1] << 8;
    };
    return counts.map(count => {
      const inputs = [];
      for (let last = -1; inputs.length < count;) {
        const gap = next();
        last += gap === most ? most : 1 + gap;
        if (gap !== most) inputs.push(last);
      }
      return inputs;
    });
  };
  tiny.kinds[17] = {
    ...tiny.kinds[1],
    parse(node, reader) {
      node.activation = node.attributes.getUint8(2);
      node.parameter = node.attributes.byteLength > 3 ? node.attributes.getFloat32(3, true) : 0;
      const biases = reader.floats(node.activation === 8 ? 2 * node.outputs : node.outputs);
      node.weights = indices(reader, biases.length).map((inputs, row) => {
        const weights = [biases[row], ...new Array(node.inputs).fill(0)];
        inputs.forEach(input => { weights[1 + input] = reader.float(); });
        return weights;
      });
    },
  };
  tiny.kinds[18] = {
    ...tiny.kinds[2],
    parse(node, reader) {
      tiny.kinds[2].parse(node, reader, true);
      const groups = indices(reader, Math.ceil(node.biases.length / 3));
      node.weights = node.biases.map(() => new Array(node.inputs).fill(0));
      groups.forEach((inputs, group) => inputs.forEach(input => {
        const three = reader.take(3);
        for (let lane = 0; lane < 3 && 3 * group + lane < node.weights.length; lane++) {
          node.weights[3 * group + lane][input] = (three[lane] << 24) >> 24;
        }
      }));
      reader.align();
    },
  };
}
