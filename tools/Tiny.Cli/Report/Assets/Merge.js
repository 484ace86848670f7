// Where two branches meet: their sum, or their channels beside each other.
{
  const merge = (given, join) => ({
    outputs(node, shapes) {
      node.second = node.attributes.getUint8(0);
      node.given = { ...node.shape, channels: given(node.shape.channels, shapes[node.second].channels) };
      return node.given.height * node.given.width * node.given.channels;
    },
    parse(node) {
      node.activation = node.attributes.getUint8(1);
      node.parameter = node.attributes.byteLength > 2 ? node.attributes.getFloat32(2, true) : 0;
    },
    run: (node, x, buffers) => tiny.activate(join(node, x, buffers[node.second]), node.activation, node.parameter),
  });
  tiny.kinds[9] = merge(a => a, (node, a, b) => a.map((value, i) => value + b[i]));
  tiny.kinds[10] = merge((a, b) => a + b, (node, a, b) => {
    const first = node.shape.channels, second = node.given.channels - first, z = [];
    for (let place = 0; place < node.given.height * node.given.width; place++) {
      z.push(...a.slice(place * first, (place + 1) * first), ...b.slice(place * second, (place + 1) * second));
    }
    return z;
  });
}
