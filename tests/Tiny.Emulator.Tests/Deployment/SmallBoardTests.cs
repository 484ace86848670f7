using Tiny.Core;
using Tiny.Emulator.Boards;
using Tiny.Emulator.Deployment;
using Tiny.Features;
using Tiny.Tests;

namespace Tiny.Emulator.Tests.Deployment;

/// <summary>
/// The smallest board takes whole programs: under its flash for programs, under its heap with what the runtime takes of it.
/// </summary>
public class SmallBoardTests
{
    private const int Samples = 200;

    private static readonly BoardProfile Board = BoardProfile.Load("stm32f091");

    /// <summary>Windows over three channels, their features, a float32 network from its blob, the name of the gesture.</summary>
    [Fact]
    public void Gestures_are_told_from_a_blob()
    {
        string model = File.ReadAllText(Path.Combine(Repository.Root, "firmware-samples", "03-KeepLearning", "GestureModel.cs"));
        using DeviceProgram program = DeviceSource.Compile(Main, model);
        Assert.InRange(DeployedProgram.Of(program).FlashBytes, 1, Board.DeploymentBytes);
        Assert.Equal(OnTheDesk(KeepLearning.GestureModel.Blob()), DeviceSource.Run(program, Board));
    }

    [Fact]
    public void Exclusive_or_is_learned_from_nothing()
    {
        string sample = File.ReadAllText(Path.Combine(Repository.Root, "firmware-samples", "01-Xor", "Program.cs"));
        using DeviceProgram program = DeviceSource.Compile(sample);
        Assert.InRange(DeployedProgram.Of(program).FlashBytes, 1, Board.DeploymentBytes);
        Assert.Equal(["0 xor 0 is 0", "0 xor 1 is 1", "1 xor 0 is 1", "1 xor 1 is 0"], DeviceSource.Run(program, Board)[^4..]);
    }

    /// <summary>A heap that is too small ends such a program: that the two above run says something.</summary>
    [Fact]
    public void A_program_that_the_heap_does_not_hold_ends()
    {
        string sample = File.ReadAllText(Path.Combine(Repository.Root, "firmware-samples", "01-Xor", "Program.cs"));
        using DeviceProgram program = DeviceSource.Compile(sample);
        Assert.Contains("OutOfMemory", DeviceSource.Run(program, Board with { HeapBytes = 10 * 1024 })[^1]);
    }

    private const string Main = """
        using System;
        using Tiny.Core;
        using Tiny.Features;

        namespace SmallBoard
        {
            public static class Program
            {
                public static void Main()
                {
                    Network network = Network.FromBlob(KeepLearning.GestureModel.Blob());
                    FeaturePipeline pipeline = FeaturePipeline.For(network, new Signal(50f).Add("x", "counts").Add("y", "counts").Add("z", "counts"));
                    float[] sample = new float[3];
                    float[] features = new float[network.Inputs];
                    float[] outputs = new float[network.Outputs];
                    for (int i = 0; i < 200; i++)
                    {
                        sample[0] = i * 397 % 2048 - 1024;
                        sample[1] = i % 25 * 331 - 4096;
                        sample[2] = 16384 + (i & 7) * 100;
                        if (pipeline.Add(sample))
                        {
                            pipeline.Compute(features);
                            int gesture = network.Predict(features, outputs);
                            Console.WriteLine(network.GetOutputName(gesture) + " " + (int)(10000f * outputs[gesture]));
                        }
                    }
                }
            }
        }
        """;

    /// <summary>What the program prints, computed here.</summary>
    private static string[] OnTheDesk(byte[] blob)
    {
        Network network = Network.FromBlob(blob);
        FeaturePipeline pipeline = FeaturePipeline.For(network, new Signal(50f).Add("x", "counts").Add("y", "counts").Add("z", "counts"));
        float[] features = new float[network.Inputs];
        float[] outputs = new float[network.Outputs];
        List<string> lines = [];
        for (int i = 0; i < Samples; i++)
        {
            if (pipeline.Add([i * 397 % 2048 - 1024, i % 25 * 331 - 4096, 16384 + (i & 7) * 100]))
            {
                pipeline.Compute(features);
                int gesture = network.Predict(features, outputs);
                lines.Add($"{network.GetOutputName(gesture)} {(int)(10000f * outputs[gesture])}");
            }
        }

        return [.. lines];
    }
}
