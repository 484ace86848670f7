using Tiny.Core;
using Tiny.Core.Blobs;
using Tiny.Saving;

namespace Tiny.Recurrence.Tests;

/// <summary>Blobs with bytes changed under right checksums.</summary>
internal static class DamagedBlobs
{
    /// <summary>Opens damaged copies of a blob and predicts with those that open; anything but a refusal in words is thrown.</summary>
    /// <returns>How many were refused.</returns>
    internal static int Refused(byte[] blob, int count)
    {
        Random random = new(1);
        int refused = 0;
        for (int i = 0; i < count; i++)
        {
            byte[] damaged = [.. blob];
            int most = i % 2 == 0 ? blob.Length : 100;
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                damaged[random.Next(32, most)] = (byte)random.Next(256);
            }

            BlobWriter.Seal(damaged, 0, damaged.Length);
            try
            {
                Network network = Network.FromBlob(damaged);
                network.Predict(new float[network.Inputs], new float[network.Outputs]);
            }
            catch (Exception error) when (error is BlobException or InvalidOperationException)
            {
                refused++;
            }
        }

        return refused;
    }
}
