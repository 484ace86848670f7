using Tiny.Adaptation.Tests.Storage;
using Tiny.Core;
using Tiny.Emulator.Flash;
using Tiny.Saving;

namespace Tiny.Updating.Tests;

/// <summary>A board with flash, which starts, is offered packages and loses its power.</summary>
internal sealed class Board
{
    private readonly IModelTrial trial;

    internal Board(int seed = 1, IModelTrial? trial = null)
    {
        this.trial = trial ?? Models.Trial();
        Flash = new EmulatedFlash(1024, sector: 32, seed: seed);
        Start();
    }

    internal EmulatedFlash Flash { get; }

    internal ModelUpdater Updater { get; private set; } = null!;

    internal Network Network { get; private set; } = null!;

    /// <summary>The bytes of the model that the network holds, in hexadecimal, so that they compare.</summary>
    internal string Model => Convert.ToHexString(BlobWriter.ToArray(Network));

    /// <summary>What <see cref="Model"/> is of a board that holds this one.</summary>
    internal static string As(byte[] blob) => Convert.ToHexString(BlobWriter.ToArray(Network.FromBlob(blob)));

    /// <summary>Power comes, and the program begins.</summary>
    internal void Start()
    {
        Flash.PowerUp();
        Network = Network.FromBlob(Models.Factory);
        Updater = new ModelUpdater(Network, Models.Factory, new FlashStorage(Flash), Models.Key, trial);
        Updater.Load();
    }

    /// <summary>A package arrives.</summary>
    internal UpdateResult Offer(byte[] package)
    {
        package.CopyTo(Updater.Buffer, 0);
        return Updater.Offer(package.Length);
    }
}
