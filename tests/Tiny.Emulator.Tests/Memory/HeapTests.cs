using Tiny.Benchmarks.Device;
using Tiny.Core.Activations;
using Tiny.Core.Losses;
using Tiny.Desk;
using Tiny.Emulator.Boards;
using Tiny.Learning;
using Tiny.Planning;
using Tiny.Saving;
using Tiny.Training.Memory;

namespace Tiny.Emulator.Tests.Memory;

public class HeapTests
{
    /// <summary>Sizes that were measured on the real runtime, and those that follow from its blocks.</summary>
    [Theory]
    [InlineData("Floats", 420)]
    [InlineData("SignedBytes", 120)]
    [InlineData("Doubles", 828)]
    [InlineData("Objects", 1224)]
    [InlineData("FieldsOfAnyType", 48)]
    [InlineData("BoxedInt", 24)]
    [InlineData("Text", 24 + 12 + 12)]
    [InlineData("Structs", 24 + 120 + 10 * 36)]
    [InlineData("Rows", 24 + 24 + 2 * 36)]
    public void Sizes_are_the_devices(string program, long bytes)
    {
        Machine machine = Programs.Machine();
        long before = machine.Allocated;
        object made = machine.Invoke("Sizes", program)!;
        Assert.Equal(bytes, machine.Allocated - before);
        machine.Keep(made);
        machine.ResetPeak();
        Assert.Equal(program == "Text" ? 24 : bytes, machine.HeapLive);
        machine.Release(made);
        Assert.Equal(0, machine.HeapLive);
    }

    public static TheoryData<int[], Activation, bool> Shapes() => new()
    {
        { [4, 16, 3], Activation.Relu, false },
        { [33, 20, 10, 4], Activation.Relu, false },
        { [2, 3, 1], Activation.Tanh, true },
        { [15, 16, 5], Activation.LeakyRelu, false },
        { [7, 6, 5, 2], Activation.Maxout, false },
        { [64, 32, 10], Activation.Swish, false },
        { [9, 5, 2], Activation.Elu, true },
    };

    /// <summary>What a blob's header says of RAM, and tiny train prints, is what the emulator counts.</summary>
    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_cores_reckoning_is_the_emulators_count(int[] widths, Activation hidden, bool regression)
    {
        Core.Network network = Build(widths, hidden, regression);
        byte[] blob = BlobWriter.ToArray(network);
        DeviceModel model = new(blob, BoardProfile.Load("esp32"));
        Assert.Equal(DeviceMemory.ToPredict(network), model.PredictRam);
        Assert.Equal(DeviceMemory.ToLearn(network), model.LearnRam);
        Assert.Equal(DeviceMemory.LargestArray(network), model.LargestArray);
    }

    public static TheoryData<int[], int, bool, Activation> Int8Shapes() => new()
    {
        { [64, 32, 10], 0, false, Activation.Relu },
        { [4, 16, 3], 0, true, Activation.Relu },
        { [33, 20, 10, 4], 0, false, Activation.Tanh },
        { [33, 20, 10, 4], 1, false, Activation.Relu },
        { [300, 70, 5], 0, false, Activation.Relu },
        { [50, 7], 0, true, Activation.Relu },
    };

    /// <summary>The same for int8, and nothing allocated on the way from floats or from bytes.</summary>
    [Theory]
    [MemberData(nameof(Int8Shapes))]
    public void The_cores_reckoning_of_int8_is_the_emulators_count(int[] widths, int keepFloat, bool each, Activation hidden)
    {
        byte[] blob = Models.Int8(Models.Float(widths, hidden), each, keepFloat);
        Core.Network network = Core.Network.FromBlob(blob);
        DeviceModel model = new(blob, BoardProfile.Load("esp32"));
        Assert.Equal(DeviceMemory.ToPredict(network), model.PredictRam);
        Assert.Equal(DeviceMemory.ToLearn(network), model.LearnRam);
        Assert.Equal(DeviceMemory.LargestArray(network), model.LargestArray);
        Assert.Equal(0, model.AllocatedByPredict);
    }

    /// <summary>
    /// At most 3.2 bytes of RAM a weight in int8, 5.5 in float, and a kilobyte; MNIST's size fits an ESP32 without a large array.
    /// </summary>
    [Theory]
    [InlineData(new[] { 64, 32, 10 }, true)]
    [InlineData(new[] { 784, 32, 10 }, true)]
    [InlineData(new[] { 33, 20, 10, 4 }, false)]
    [InlineData(new[] { 100, 50, 20, 5 }, false)]
    public void Memory_for_each_weight(int[] widths, bool int8)
    {
        Core.Network network = Models.Float(widths);
        byte[] blob = int8 ? Models.Int8(network) : BlobWriter.ToArray(network);
        DeviceModel model = new(blob, BoardProfile.Load("esp32"));
        int weights = widths.Zip(widths.Skip(1), (a, b) => a * b).Sum();
        Assert.InRange(model.PredictRam, 1, (int8 ? 3.2 : 5.5) * weights + 1024);
        Assert.True(model.Fits);
        Assert.InRange(model.LargestArray, 1, 16 * 1024);
    }

    [Fact]
    public void Predicting_and_learning_allocate_nothing_on_any_board()
    {
        byte[] blob = BlobWriter.ToArray(Build([4, 16, 3], Activation.Tanh, regression: false));
        foreach (string board in BoardProfile.Names)
        {
            DeviceModel model = new(blob, BoardProfile.Load(board));
            Assert.Equal(0, model.AllocatedByPredict);
            Assert.Equal(0, model.AllocatedByLearn);
        }
    }

    [Fact]
    public void Loading_another_model_and_learning_a_class_allocate_nothing()
    {
        byte[] blob = BlobWriter.ToArray(Build([4, 16, 3], Activation.Sigmoid, regression: false));
        Machine machine = Programs.Library("esp32");
        object network = machine.Invoke("Tiny.Core.Network", "FromBlob", blob)!;
        machine.Keep(network);
        object learner = machine.Invoke("Tiny.Learning.SgdLearner", ".ctor", network)!;
        object reader = machine.Invoke("Tiny.Core.Blobs.BlobReader", ".ctor")!;
        machine.Keep(reader);
        long before = machine.Allocated;
        Assert.Equal(0, machine.Invoke("Tiny.Core.Network", "TryLoad", network, reader, blob, 0, blob.Length));
        Assert.Equal(0, machine.Invoke("Tiny.Learning.SgdLearner", "Learn", learner, new float[4], 1));
        Assert.InRange((int)machine.Invoke("Tiny.Core.Network", "Predict", network, new float[4], new float[3])!, 0, 2);
        Assert.Equal(0, machine.Allocated - before);
    }

    /// <summary>
    /// A network made for ReLU takes the sigmoid table when a model needs it, once: no later load, prediction or step allocates.
    /// </summary>
    [Fact]
    public void Another_activation_takes_its_table_when_it_is_loaded_and_never_again()
    {
        byte[] relu = BlobWriter.ToArray(Build([4, 16, 3], Activation.Relu, regression: false));
        byte[] tanh = BlobWriter.ToArray(Build([4, 16, 3], Activation.Tanh, regression: false));
        Machine machine = Programs.Library("esp32");
        object network = machine.Invoke("Tiny.Core.Network", "FromBlob", relu)!;
        machine.Keep(network);
        object learner = machine.Invoke("Tiny.Learning.SgdLearner", ".ctor", network)!;
        object reader = machine.Invoke("Tiny.Core.Blobs.BlobReader", ".ctor")!;
        machine.Keep(reader);
        long Allocated(Action action)
        {
            long before = machine.Allocated;
            action();
            return machine.Allocated - before;
        }

        void Load(byte[] blob) => Assert.Equal(0, machine.Invoke("Tiny.Core.Network", "TryLoad", network, reader, blob, 0, blob.Length));
        Assert.Equal(36 + 2 * 1044, Allocated(() => Load(tanh)));
        Assert.Equal(0, Allocated(
            () => machine.Invoke("Tiny.Core.Network", "Predict", network, new float[] { 1f, -2f, 3f, 0.5f }, new float[3])));
        Assert.Equal(0, Allocated(() => machine.Invoke("Tiny.Learning.SgdLearner", "Learn", learner, new float[4], 1)));
        Assert.Equal(0, Allocated(() => Load(relu)));
        Assert.Equal(0, Allocated(() => Load(tanh)));
    }

    [Fact]
    public void Iris_predicts_and_learns_in_the_20_KB_of_an_stm32f091()
    {
        byte[] blob = BlobWriter.ToArray(Build([4, 16, 3], Activation.Relu, regression: false));
        DeviceModel model = new(blob, BoardProfile.Load("stm32f091"));
        Assert.True(model.Fits);
        Assert.InRange(model.LearnRam + blob.Length, 1, 20_480 / 2);
    }

    [Fact]
    public void Live_memory_does_not_grow_over_learning_steps()
    {
        byte[] blob = BlobWriter.ToArray(Build([4, 8, 3], Activation.Sigmoid, regression: false));
        Assert.Equal(new DeviceModel(blob, BoardProfile.Load("rp2040"), learningSteps: 1).LearnRam,
            new DeviceModel(blob, BoardProfile.Load("rp2040"), learningSteps: 50).LearnRam);
    }

    private static Core.Network Build(int[] widths, Activation hidden, bool regression)
    {
        PlanBuilder plan = new(widths[0], regression ? Core.NetworkTask.Regression : Core.NetworkTask.Classification,
            regression ? Loss.MeanSquaredError : Loss.SoftmaxCrossEntropy);
        foreach (int width in widths[1..^1])
        {
            plan.AddDense(width, hidden);
        }

        plan.AddDense(widths[^1], regression ? Activation.Linear : Activation.Softmax);
        Core.Network network = plan.WithNames([.. Enumerable.Range(0, widths[^1]).Select(i => "name" + i)]).ToNetwork();
        Initializers.Draw(network, 1);
        return network;
    }
}
