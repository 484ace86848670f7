namespace Tiny.Training.Import.Onnx;

/// <summary>Puts the nodes of a graph in an order in which each stands behind what it reads, and leaves out what no output needs.</summary>
internal static class GraphOrder
{
    /// <summary>Orders the nodes that an output needs.</summary>
    /// <param name="model">The model.</param>
    /// <param name="outputs">The names of what is needed.</param>
    /// <returns>The nodes, as far as possible in their own order.</returns>
    /// <exception cref="ImportException">A name stands for two things or for nothing, or nodes read each other in a circle.</exception>
    internal static List<OnnxNode> Of(OnnxModel model, params IEnumerable<string> outputs)
    {
        Dictionary<string, OnnxNode> givers = Givers(model);
        HashSet<string> known = [.. model.Constants.Keys, .. model.Inputs.Select(input => input.Name)];
        HashSet<OnnxNode> needed = [];
        Stack<(string Name, OnnxNode? Reader)> open = new(outputs.Select(name => (name, (OnnxNode?)null)));
        while (open.TryPop(out (string Name, OnnxNode? Reader) next))
        {
            if (givers.TryGetValue(next.Name, out OnnxNode? giver))
            {
                if (needed.Add(giver))
                {
                    giver.Inputs.Where(name => name.Length > 0).ToList().ForEach(name => open.Push((name, giver)));
                }
            }
            else if (!known.Contains(next.Name))
            {
                string found = $"reads \"{next.Name}\", which no node, input or initializer gives.";
                throw next.Reader?.Fault(found) ?? new ImportException($"the graph's output \"{next.Name}\" is given by no node.");
            }
        }

        return Sorted(model.Nodes.Where(needed.Contains), givers);
    }

    private static Dictionary<string, OnnxNode> Givers(OnnxModel model)
    {
        Dictionary<string, OnnxNode> givers = [];
        HashSet<string> taken = [.. model.Constants.Keys];
        foreach (OnnxValue input in model.Inputs)
        {
            if (!taken.Add(input.Name))
            {
                throw new ImportException($"two inputs have the name \"{input.Name}\".");
            }
        }

        foreach (OnnxNode node in model.Nodes)
        {
            foreach (string name in node.Outputs.Where(name => name.Length > 0))
            {
                if (!taken.Add(name))
                {
                    throw node.Fault($"gives \"{name}\", but something else has that name already. Each name stands for one thing in a "
                        + "graph.");
                }

                givers[name] = node;
            }
        }

        return givers;
    }

    /// <summary>Depth first, without recursion: a file decides how deep.</summary>
    private static List<OnnxNode> Sorted(IEnumerable<OnnxNode> nodes, Dictionary<string, OnnxNode> givers)
    {
        List<OnnxNode> sorted = [];
        HashSet<OnnxNode> done = [];
        HashSet<OnnxNode> open = [];
        foreach (OnnxNode start in nodes)
        {
            Stack<(OnnxNode Node, int Next)> path = new([(start, 0)]);
            while (path.TryPop(out (OnnxNode Node, int Next) at))
            {
                if (at.Next == 0 && (done.Contains(at.Node) || !open.Add(at.Node)))
                {
                    continue;
                }

                if (at.Next == at.Node.Inputs.Count)
                {
                    open.Remove(at.Node);
                    done.Add(at.Node);
                    sorted.Add(at.Node);
                    continue;
                }

                path.Push((at.Node, at.Next + 1));
                if (givers.TryGetValue(at.Node.Inputs[at.Next], out OnnxNode? giver) && !done.Contains(giver))
                {
                    path.Push(open.Contains(giver)
                        ? throw giver.Fault("reads what depends on what it gives: the graph goes in a circle.") : (giver, 0));
                }
            }
        }

        return sorted;
    }
}
