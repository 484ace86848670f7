using System.Globalization;
using Tiny.Core.Activations;
using Tiny.Core.Layers;
using Tiny.Desk;
using Tiny.Recurrence;

namespace Tiny.Training.Export.CSharp;

/// <summary>
/// What recurrent layers have in common as source: a walk through the window's samples with a state that begins at
/// 0. The arithmetic and its order are those of the core, whose loop of gates this repeats.
/// </summary>
internal abstract class RecurrentPart : SourcePart
{
    private const int BytesOfLoop = 600; // of IL: gates and walk

    private readonly RecurrentLayer layer;

    /// <param name="context">The layer and where it stands.</param>
    /// <exception cref="ExportException">It keeps its state from one prediction to the next.</exception>
    protected RecurrentPart(SourceContext context)
    {
        layer = (RecurrentLayer)context.Layers[0];
        if (layer.KeepsState)
        {
            throw new ExportException(
                "a layer keeps its state from one prediction to the next, and source computes windows. Load the blob, or export its "
                    + "bytes.");
        }

        Number = context.First.ToString(CultureInfo.InvariantCulture);
        Parameters = layer.Parameters();
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Support => UsesTable ? SupportSource.Of(Activation.Tanh) : SupportSource.Of(Activation.Elu);

    /// <summary>Makes the names of fields and methods unlike those of other layers.</summary>
    protected string Number { get; }

    /// <summary>The layer's, in the order of a blob.</summary>
    protected float[] Parameters { get; }

    /// <summary>Units.</summary>
    protected int Units => layer.Units;

    /// <summary>Channels of a sample.</summary>
    protected int Channels => layer.Channels;

    /// <summary>Whether gates are read from the table.</summary>
    protected abstract bool UsesTable { get; }

    /// <summary>The sums that a sample takes.</summary>
    protected abstract IReadOnlyList<RecurrentRows> Products { get; }

    private string State => "state" + Number;

    /// <inheritdoc/>
    public override void Fields(CSharpText text)
    {
        text.Line($"private static readonly float[] {State} = new float[{Units}];");
        foreach (RecurrentRows rows in Products)
        {
            text.Line($"private static readonly float[] {Sums(rows.Name)} = new float[{rows.Rows}];");
        }
    }

    /// <inheritdoc/>
    public override void Call(CSharpText text, string x, string z) => text.Line($"Recur{Number}({x}, {z});");

    /// <inheritdoc/>
    public override void Methods(CSharpText text)
    {
        text.Blank();
        text.Block($"private static void Recur{Number}(float[] x, float[] z)", () => Walk(text));
        text.Blank();
        text.Block($"private static void Mix{Number}(float[] h)", () => Loop(text));
        foreach (RecurrentRows rows in Products)
        {
            rows.Methods(text, Number);
        }
    }

    /// <summary>Bytes of IL that a layer takes.</summary>
    internal static long BytesOf(Layer layer) => (long)layer.ParameterCount * DensePart.BytesEach + BytesOfLoop;

    /// <summary>The array that receives the sums of a product.</summary>
    protected string Sums(string name) => "sums" + name + Number;

    /// <summary>Writes what comes between the products and the loop over units.</summary>
    protected virtual void BeforeMix(CSharpText text)
    {
    }

    /// <summary>Writes gates and next state of unit j: h is the state; with the table, gate and a are locals.</summary>
    protected abstract void Mix(CSharpText text);

    /// <summary>gate becomes sigmoid of itself, as SigmoidTable has it; what is not a number stays that.</summary>
    protected static void Sigmoid(CSharpText text) => Table(text, "gate", "0f", "intercepts[piece] + gate * slopes[piece]");

    /// <summary>a becomes tanh of itself.</summary>
    protected static void Tanh(CSharpText text)
    {
        text.Line("a += a;");
        Table(text, "a", "-1f", "2f * (intercepts[piece] + a * slopes[piece]) - 1f");
    }

    private static void Table(CSharpText text, string local, string least, string piece)
    {
        text.Block($"if ({local} < SigmoidTable.Range)", () =>
        {
            text.Block($"if ({local} > -SigmoidTable.Range)", () =>
            {
                text.Line($"piece = (int)({local} * SigmoidTable.PiecesPerUnit + 128f);");
                text.Line($"{local} = {piece};");
            });
            text.Block("else", () => text.Line($"{local} = {least};"));
        });
        text.Block("else", () => text.Line($"{local} = SigmoidTable.Range <= {local} ? 1f : {local};"));
        text.Blank();
    }

    private void Walk(CSharpText text)
    {
        text.Line($"float[] h = {State};");
        text.Line($"Array.Clear(h, 0, {Units});");
        if (UsesTable)
        {
            text.Line("SigmoidTable.Prepare();");
        }

        if (layer.GivesEvery)
        {
            text.Line("int to = 0;");
        }

        text.Block($"for (int at = 0; at < {layer.Inputs}; at += {Channels})", () =>
        {
            foreach (RecurrentRows rows in Products)
            {
                rows.Call(text, Number, Sums(rows.Name));
            }

            BeforeMix(text);
            text.Line($"Mix{Number}(h);");
            if (layer.GivesEvery)
            {
                text.Line($"Array.Copy(h, 0, z, to, {Units});");
                text.Line($"to += {Units};");
            }
        });
        if (!layer.GivesEvery)
        {
            text.Blank();
            text.Line($"Array.Copy(h, 0, z, 0, {Units});");
        }
    }

    private void Loop(CSharpText text)
    {
        if (UsesTable)
        {
            text.Line("float gate;");
            text.Line("int piece;");
            text.Line("float a;");
            text.Line("float[] intercepts = SigmoidTable.Shared.Intercepts;");
            text.Line("float[] slopes = SigmoidTable.Shared.Slopes;");
        }

        text.Block($"for (int j = {Units - 1}; j >= 0; j--)", () => Mix(text));
    }
}
