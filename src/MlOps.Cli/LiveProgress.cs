using Spectre.Console;

namespace MlOps.Cli;

/// <summary>Shows runs as bars on a terminal, and as a line for each that is over where the output is a file.</summary>
internal static class LiveProgress
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(150);

    internal static async Task ShowAsync(IReadOnlyList<WeekRun> weeks, Func<Task> work)
    {
        if (Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Ansi)
        {
            await LinesAsync(weeks, work());
            return;
        }

        await AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                ProgressTask[] bars = [.. weeks.Select(week => context.AddTask(Markup.Escape(week.Name), autoStart: false))];
                Task running = work();
                do
                {
                    await Task.WhenAny(running, Task.Delay(s_pause));
                    for (int i = 0; i < bars.Length; i++)
                    {
                        Show(bars[i], weeks[i]);
                    }
                }
                while (!running.IsCompleted);
                await running;
            });
    }

    private static async Task LinesAsync(IReadOnlyList<WeekRun> weeks, Task running)
    {
        List<WeekRun> waiting = [.. weeks];
        Console.WriteLine($"Running {weeks.Count} notebook{(weeks.Count == 1 ? string.Empty : "s")} …");
        do
        {
            await Task.WhenAny(running, Task.Delay(s_pause));
            foreach (WeekRun over in waiting.Where(week => week.IsOver).ToArray())
            {
                waiting.Remove(over);
                Console.WriteLine($"  {over.Name} is over, {waiting.Count} to go");
            }
        }
        while (!running.IsCompleted);
        await running;
    }

    private static void Show(ProgressTask bar, WeekRun week)
    {
        if (week.Progress.CodeCells > 0)
        {
            if (!bar.IsStarted)
            {
                bar.StartTask();
            }

            bar.MaxValue = week.Progress.CodeCells;
            bar.Value = week.Progress.CellsDone;
        }

        if (week.IsOver && bar.IsStarted)
        {
            bar.StopTask();
        }
    }
}
