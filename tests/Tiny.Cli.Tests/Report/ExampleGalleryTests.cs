using Tiny.Cli.Report;
using Tiny.Core;
using Tiny.Training.Evaluation;

namespace Tiny.Cli.Tests.Report;

public sealed class ExampleGalleryTests : WorkFolder
{
    [Fact]
    public void A_model_without_a_wrong_prediction_is_said_to_have_none()
    {
        byte[] blob = File.ReadAllBytes(Model());
        ReportData data = new(
            "m.tiny", "d.csv", blob, Network.FromBlob(blob), new EvaluationResult(64, null, new ConfusionMatrix(2), null), null, null, [],
                new ReportInputs([], [], [], 0), [], [], [], [])
        { Examined = 64 };
        string section = ExampleGallery.Render(data);
        Assert.Contains("None of 64 rows is misclassified.", section);
        Assert.DoesNotContain("<figure>", section);
    }
}
