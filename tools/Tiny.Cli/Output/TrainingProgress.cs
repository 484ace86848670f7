using Spectre.Console;
using Spectre.Console.Rendering;
using Tiny.Training;

namespace Tiny.Cli.Output;

/// <summary>Shows training as it goes: a bar with loss and time left on a terminal, elsewhere a plain line a second.</summary>
internal static class TrainingProgress
{
    /// <summary>Runs the training, handing it what to tell of every epoch.</summary>
    internal static T Show<T>(bool quiet, Func<Action<EpochProgress>?, T> train)
    {
        if (quiet)
        {
            return train(null);
        }

        return Words.MayDraw ? WithBar(train) : WithLines(train);
    }

    /// <summary>The first epoch, the last, and between them one line a second: a log, not a flood.</summary>
    private static T WithLines<T>(Func<Action<EpochProgress>?, T> train)
    {
        double next = 0;
        return train(progress =>
        {
            if (progress.Seconds >= next || progress.Epoch == progress.Epochs)
            {
                Words.Say(Line(progress));
                next = progress.Seconds + 1;
            }
        });
    }

    private static T WithBar<T>(Func<Action<EpochProgress>?, T> train)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(),
            new TimeLeft())
            .Start(context =>
            {
                ProgressTask task = context.AddTask("epoch 0", autoStart: true, maxValue: 1);
                return train(progress =>
                {
                    task.Description = Markup.Escape(Short(progress));
                    task.Value = (double)progress.Epoch / progress.Epochs;
                    task.State.Update<double>(TimeLeft.Key, _ => progress.Seconds * (progress.Epochs - progress.Epoch) / progress.Epoch);
                });
            });
    }

    private static string Line(EpochProgress progress)
    {
        string heldBack = progress.HeldBackLoss is double loss ? $"  validation {Format.Number(loss)}" : "";
        return $"epoch {progress.Epoch}/"
            + $"{progress.Epochs}  loss {Format.Number(progress.Loss)}{heldBack}  {Format.Milliseconds(progress.Seconds)}";
    }

    private static string Short(EpochProgress progress) => $"epoch {progress.Epoch}/{progress.Epochs}  loss {Format.Number(progress.Loss)}";

    /// <summary>Time left, reckoned from whole epochs: all take the same work.</summary>
    private sealed class TimeLeft : ProgressColumn
    {
        internal const string Key = "left";

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(task.Value > 0 ? Format.Clock(task.State.Get<double>(Key)) + " left" : "");
    }
}
