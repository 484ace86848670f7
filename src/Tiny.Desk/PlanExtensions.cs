using System.Text;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;
using Tiny.Planning;
using Tiny.Saving;

namespace Tiny.Desk;

/// <summary>Plans on the desk: names as strings, int8 layers, plans like that of a network.</summary>
/// <example>
/// <code>
/// Network network = new PlanBuilder(2, NetworkTask.Classification, Loss.SoftmaxCrossEntropy)
///     .AddDense(3, Activation.Softmax)
///     .WithNames("rest", "walk", "run")
///     .ToNetwork();
/// Network renamed = network.WithOutputNames("still", "slow", "fast");
/// </code>
/// </example>
public static class PlanExtensions
{
    /// <summary>Names the outputs of the plan, and returns it.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="names">One for each class, or each output of a regression; each at most 255 bytes of UTF-8. None: no names.</param>
    /// <exception cref="ArgumentException">A name is too long.</exception>
    public static PlanBuilder WithNames(this PlanBuilder plan, params IReadOnlyList<string> names)
    {
        List<byte> bytes = [];
        foreach (string name in names)
        {
            byte[] text = Encoding.UTF8.GetBytes(name);
            if (text.Length > byte.MaxValue)
            {
                throw new ArgumentException(
                    $"The name {name} takes {text.Length} bytes, at most {byte.MaxValue} are possible.", nameof(names));
            }

            bytes.Add((byte)text.Length);
            bytes.AddRange(text);
        }

        plan.Names = [.. bytes];
        return plan;
    }

    /// <summary>Adds an int8 layer behind the last: it takes levels if it is the first, else digits.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="outputs">Values it gives.</param>
    /// <param name="activation">Its activation; softmax becomes what is done behind the last layer.</param>
    /// <param name="parameter">The activation's parameter, or 0.</param>
    /// <param name="last">Whether it is the last int8 layer, and gives floats.</param>
    /// <exception cref="ArgumentException">The activation needs a parameter, and it is not finite.</exception>
    /// <exception cref="InvalidOperationException">
    /// There are 16 buffers or 64 nodes already, or the node before ends in softmax.
    /// </exception>
    public static PlanBuilder AddInt8(this PlanBuilder plan, int outputs, Activation activation, float parameter, bool last)
    {
        Int8Plan.Add(plan, outputs, activation, parameter, last);
        return plan;
    }

    /// <summary>
    /// Another network of the same plan, weights, scaling and generation, with other names of the outputs or
    /// another description of the features: what a network was made with is as long as it is.
    /// </summary>
    /// <param name="network">The network. It stays as it is.</param>
    /// <param name="names">The names as a blob has them: a length byte and UTF-8 bytes each; null for those of the network.</param>
    /// <param name="features">The bytes of the description; null for that of the network.</param>
    /// <param name="columns">The checksum of the names of the training columns; null for that of the network.</param>
    /// <returns>A new network.</returns>
    /// <exception cref="ArgumentException">The description is longer than a blob can hold, or not a multiple of 4 bytes.</exception>
    public static Network With(this Network network, byte[]? names = null, byte[]? features = null, int? columns = null)
    {
        byte[] blob = BlobWriter.ToArray(network);
        int namesAt = BlobFormat.Align(BlobFormat.PlanFrom + network.Notes.PlanBytes);
        int featuresAt = namesAt + BlobFormat.Align(network.Notes.NameBytes);
        byte[] ownNames = names ?? blob[namesAt..(namesAt + network.Notes.NameBytes)];
        byte[] ownFeatures = features ?? blob[featuresAt..(featuresAt + network.Notes.FeatureBytes)];
        if (ownFeatures.Length % 4 != 0 || ownFeatures.Length > BlobFormat.MostFeatureBytes)
        {
            throw new ArgumentException(
                $"The description takes {ownFeatures.Length} bytes, expected a multiple of 4, at most {BlobFormat.MostFeatureBytes}.",
                    nameof(features));
        }

        byte[] changed =
        [
            .. blob[..namesAt],
            .. ownNames, .. new byte[BlobFormat.Align(ownNames.Length) - ownNames.Length],
            .. ownFeatures,
            .. blob[(featuresAt + network.Notes.FeatureBytes)..],
        ];
        changed[BlobFormat.SectionsAt] =
            (byte)((changed[BlobFormat.SectionsAt] & ~BlobFormat.HasNames) | (ownNames.Length > 0 ? BlobFormat.HasNames : 0));
        changed[BlobFormat.FeatureWordsAt] = (byte)(ownFeatures.Length / 4);
        FloatBits.WriteUInt16(changed, BlobFormat.ColumnsAt, columns ?? network.Notes.ColumnsChecksum);
        BlobWriter.Seal(changed, 0, changed.Length);
        return Network.FromBlob(changed);
    }

    /// <summary>The same network with other names of the outputs.</summary>
    /// <exception cref="ArgumentException">Not one name for each class, or for each output of a regression; or one is too long.</exception>
    public static Network WithOutputNames(this Network network, params IReadOnlyList<string> names)
    {
        int count = network.Task == NetworkTask.Regression ? network.Outputs : network.ClassCount;
        return names.Count == count || names.Count == 0
            ? network.With(names: new PlanBuilder(1, network.Task, network.Loss).WithNames(names).Names)
            : throw new ArgumentException($"{names.Count} names for {count} outputs.", nameof(names));
    }

    /// <summary>The same network with another description of its features, as Tiny.Features writes it; none: an empty array.</summary>
    /// <param name="network">The network. It stays as it is.</param>
    /// <param name="description">Its bytes; an empty array for none.</param>
    /// <returns>A new network.</returns>
    /// <exception cref="ArgumentException">The description is longer than a blob can hold, or not a multiple of 4 bytes.</exception>
    public static Network WithFeatures(this Network network, byte[] description) => network.With(features: description);
}
