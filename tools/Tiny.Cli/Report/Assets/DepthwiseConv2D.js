// Float32 depthwise convolutions: for each channel a bias, then a weight for each tap.
tiny.kinds[5] = {
  outputs: node => tiny.windowOf(node, 0, node.shape.channels),
  parse(node, reader) {
    node.activation = node.attributes.getUint8(10);
    node.parameter = node.attributes.byteLength > 11 ? node.attributes.getFloat32(11, true) : 0;
    node.weights = Array.from({ length: node.shape.channels }, () => reader.floats(1 + node.window.height * node.window.width));
  },
  run(node, x) {
    const z = [];
    tiny.walk(node, taps => node.weights.forEach((row, c) =>
      z.push(taps.reduce((sum, [tap, at]) => sum + row[1 + tap] * x[at + c], row[0]))));
    return tiny.activate(z, node.activation, node.parameter);
  },
};
