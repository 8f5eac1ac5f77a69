using System.CommandLine;
using System.Globalization;
using MlOps.Grading.Exercises;
using MlOps.Grading.Running;
using Spectre.Console;

namespace MlOps.Cli.Verbs;

/// <summary><c>mlops status</c>: how far the weeks are, from what earlier checks found. Runs nothing.</summary>
internal static class StatusVerb
{
    private const int BarWidth = 30;
    private const int WidestLine = 120;

    internal static Command Create()
    {
        var verb = new Verb("status", "Shows the weeks as bars: what your checks have earned so far. Nothing is run or sent anywhere. Exit code 0, or 2 for bad input.", "./mlops status");
        verb.SetAction(_ => Show());
        return verb;
    }

    private static int Show()
    {
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, WidestLine); // a file has no width of its own
        var catalog = ExerciseCatalog.Load(CourseExercises.Folder);
        var progress = ProgressStore.Open(CourseExercises.ProgressFile);
        foreach (ExerciseWeek week in catalog.Weeks)
        {
            ExerciseProgress[] known = [.. week.Exercises.Select(exercise => progress.Of(exercise.Id))];
            double earned = known.Sum(exercise => exercise.Earned);
            int filled = (int)Math.Round(BarWidth * earned / week.Points);
            AnsiConsole.MarkupLine(
                $"[bold]week {week.Number:00}[/]  [green]{new string('█', filled)}[/][grey]{new string('░', BarWidth - filled)}[/]  "
                + FormattableString.Invariant($"{earned:0.##} of {week.Points:0.##} points  ") + Markup.Escape(week.Title));
            foreach ((Exercise exercise, ExerciseProgress state) in week.Exercises.Zip(known))
            {
                AnsiConsole.MarkupLine($"  {exercise.Id,-5} {Mark(exercise, state)} {Markup.Escape(exercise.Title)}  [grey]{Markup.Escape(Remark(week, exercise, state))}[/]");
            }
        }

        return Program.Ok;
    }

    private static string Mark(Exercise exercise, ExerciseProgress state) =>
        state.Earned >= exercise.Points || (state.Shown > 0 && state.Earned >= state.Shown) ? "[green]✓[/]" : state.Earned > 0 ? "[yellow]◐[/]" : "[grey]·[/]";

    private static string Remark(ExerciseWeek week, Exercise exercise, ExerciseProgress state)
    {
        if (state.FileHash is null)
        {
            return "not checked yet";
        }

        string points = string.Create(CultureInfo.InvariantCulture, $"{state.Earned:0.##} of {exercise.Points:0.##}");
        string later = state.Shown < exercise.Points ? string.Create(CultureInfo.InvariantCulture, $", {exercise.Points - state.Shown:0.##} decided on grading") : string.Empty;
        string stale = ProgressStore.HashOf(week.StarterOf(exercise)) == state.FileHash ? string.Empty : "; changed since the last check";
        return points + later + stale;
    }
}
