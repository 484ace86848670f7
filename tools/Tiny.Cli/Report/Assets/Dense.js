// Dense float32 layers: rows of a bias and weights.
tiny.kinds[1] = {
  outputs: node => node.attributes.getUint16(0, true),
  parse(node, reader) {
    node.activation = node.attributes.getUint8(2);
    node.parameter = node.attributes.byteLength > 3 ? node.attributes.getFloat32(3, true) : 0;
    node.weights = Array.from({ length: node.activation === 8 ? 2 * node.outputs : node.outputs }, () => reader.floats(1 + node.inputs));
  },
  run: (node, x) => tiny.activate(
    node.weights.map(row => row.reduce((sum, weight, i) => i === 0 ? weight : sum + weight * x[i - 1], 0)),
    node.activation, node.parameter),
};
