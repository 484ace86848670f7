"""Writes recurrent models of Debian's PyTorch as ONNX into a folder's folder: the last state, all states, stacked, samples first."""
import os
import sys
import torch
from torch import nn

torch.manual_seed(7)
torch.set_num_threads(1)


class Last(nn.Module):
    """The last state, as it is usually taken: out[:, -1] or h[-1]."""

    def __init__(self, units, layers, first, of_h):
        super().__init__()
        self.gru = nn.GRU(3, units, layers, batch_first=first)
        self.head = nn.Linear(units, 4)
        self.first, self.of_h = first, of_h

    def forward(self, x):
        out, h = self.gru(x)
        return self.head(h[-1] if self.of_h else out[:, -1] if self.first else out[-1])


models = {
    "last": (Last(16, 1, True, False), (1, 200, 3)),
    "state": (Last(16, 1, True, True), (1, 200, 3)),
    "stacked": (Last(8, 2, True, True), (1, 60, 3)),
    "samplesfirst": (Last(8, 2, False, False), (60, 1, 3)),
}

folder = f"{sys.argv[1]}/recurrent"
os.makedirs(folder, exist_ok=True)
for name, (model, shape) in models.items():
    for opset in (11, 13):
        torch.onnx.export(model.eval(), torch.randn(shape), f"{folder}/{name}-{opset}-{'x'.join(map(str, shape))}.onnx",
            opset_version=opset, input_names=["x"])
