using System.Globalization;
using System.Text;
using MlOps.Grading.Exercises;
using MlOps.Grading.Running;
using MlOps.Kernel.Notebooks;
using MlOps.Kernel.Running;
using MlOps.Kernel.Site;

namespace MlOps.Cli;

/// <summary>Writes <c>artifacts/site</c>: the weeks just run, the other weeks as they are stored, the weeks to come by name, the exercises and the guides.</summary>
internal static class CourseSiteFiles
{
    private static readonly string[] s_plan =
    [
        "Machine-learning systems and the MLOps life cycle",
        "Machine-learning fundamentals",
        "Reproducible engineering: Git, tests, CI/CD for ML",
        "Training data",
        "Cleaning and features",
        "Pipelines and data versions",
        "Deep-learning recap",
        "Model selection and tuning",
        "Experiment tracking and the model registry",
        "Containers and serving",
        "Optimisation and the edge",
        "Monitoring, drift, continual learning",
        "Responsible AI",
        "LLMOps",
        "Cloud, teams, careers and the capstone",
    ];

    /// <summary>What a newcomer looks for stands first; the other guides follow by name.</summary>
    private static readonly string[] s_firstGuides = ["student", "glossary", "tool-map", "troubleshooting", "instructor", "errata"];

    private const string Introduction = """
        For you if you write C# and remember school statistics. You need no Python, no cloud account and no GPU.

        In each week you cause a failure on purpose, measure it, see it in a chart, and build what would have caught it. Read the
        weeks here, with all their outputs. To run them and to solve the exercises, take a copy of the course:

        ```bash
        git clone <the course's repository> && cd MlOpsCourse
        ./mlops run 12
        ```

        The first run sets the course up; each one writes this site. `./mlops kernel install` lets VS Code and Jupyter open the notebooks; `./mlops check 12.1` checks an exercise.
        """;

    private static string Folder => Course.At("artifacts", "site");

    /// <summary>Writes the site and returns the path of its <c>index.html</c>.</summary>
    internal static string Write(IReadOnlyList<WeekRun> runs) => CourseSite.Write(Pages(runs), Course.At("eng", "web", "node_modules"), Folder, Options());

    /// <summary>Tells the site, if there is one, what the checks have found by now.</summary>
    internal static void WriteChecks() => CourseSite.WriteChecks(Folder, Checks(Weeks()));

    /// <summary>The pages of the weeks: those that ran with what came of it, the others as they are stored.</summary>
    internal static IReadOnlyList<SitePage> Pages(IReadOnlyList<WeekRun> runs)
    {
        Dictionary<string, WeekRun> byName = runs.ToDictionary(run => run.Name);
        var pages = new List<SitePage>();
        foreach (string path in Course.Notebooks([]))
        {
            string name = Path.GetFileNameWithoutExtension(path);
            if (!byName.TryGetValue(name, out WeekRun? week))
            {
                pages.Add(new SitePage(name, NotebookFile.Load(path), path));
            }
            else if (week.Run is { } run)
            {
                pages.Add(new SitePage(name, run.Notebook, path, run.Status == RunStatus.Succeeded));
            }
        }

        return pages;
    }

    /// <summary>All that is on the site beside the weeks.</summary>
    internal static SiteOptions Options()
    {
        IReadOnlyList<ExerciseWeek> weeks = Weeks();
        return new SiteOptions
        {
            Introduction = Introduction,
            Weeks = [.. s_plan.Select((title, i) => Planned(i + 1, title, weeks.FirstOrDefault(week => week.Number == i + 1)))],
            Documents = [.. weeks.Select(Statements), .. Guides()],
            Checks = Checks(weeks),
        };
    }

    private static IReadOnlyList<ExerciseWeek> Weeks() => Directory.Exists(CourseExercises.Folder) ? ExerciseCatalog.Load(CourseExercises.Folder).Weeks : [];

    private static CourseWeek Planned(int number, string title, ExerciseWeek? exercises) => new(number, title)
    {
        Exercises = [.. exercises?.Exercises.Select(exercise => new CourseExercise(exercise.Id, exercise.Title, exercise.Points)) ?? []],
        ExercisePage = exercises is null ? null : StatementsSlug(exercises),
    };

    private static string StatementsSlug(ExerciseWeek week) => string.Create(CultureInfo.InvariantCulture, $"week{week.Number:00}-exercises");

    private static SiteDocument Statements(ExerciseWeek week)
    {
        string? notebook = Directory.EnumerateFiles(Course.At("notebooks"), string.Create(CultureInfo.InvariantCulture, $"week{week.Number:00}-*.ipynb")).FirstOrDefault();
        string lecture = notebook is null ? week.Title : $"[{week.Title}](../../notebooks/{Path.GetFileName(notebook)})";
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"""
            # Week {week.Number:00} · Exercises

            {week.Exercises.Count} exercises, {week.Points:0.##} points, on the lecture {lecture}. Your code goes into the file that each exercise names, between `BEGIN YOUR CODE` and
            `END YOUR CODE`. A check says what was tried, what came and what was expected.


            """));
        foreach (Exercise exercise in week.Exercises)
        {
            text.Append(CultureInfo.InvariantCulture, $"""
                ## {exercise.Id} {exercise.Title}

                {exercise.Points:0.##} point{(exercise.Points == 1 ? string.Empty : "s")} · after section *{exercise.Section}* · your file: `exercises/week{week.Number:00}/{exercise.File}`

                {exercise.Statement}

                {string.Concat(exercise.Options.Select(option => $"- **{option.Key}**: {option.Value}\n"))}

                ```bash
                ./mlops check {exercise.Id}
                ./mlops check {exercise.Id} --hint    # the next of {exercise.Hints.Count} hints; they cost nothing
                ```


                """);
        }

        return new SiteDocument(StatementsSlug(week), text.ToString(), Path.Combine(week.Folder, "README.md"));
    }

    private static IEnumerable<SiteDocument> Guides()
    {
        string folder = Course.At("docs");
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.md")
                .Where(path => Path.GetFileName(path) != "README.md") // a list of the others, which the overview has
                .OrderBy(path => Array.IndexOf(s_firstGuides, Path.GetFileNameWithoutExtension(path)) is >= 0 and int place ? place : int.MaxValue)
                .ThenBy(Path.GetFileName, StringComparer.Ordinal)
                .Select(path => new SiteDocument(Path.GetFileNameWithoutExtension(path), File.ReadAllText(path), path))
            : [];
    }

    private static ExerciseCheck[] Checks(IReadOnlyList<ExerciseWeek> weeks)
    {
        var progress = ProgressStore.Open(CourseExercises.ProgressFile);
        return
        [
            .. weeks.SelectMany(week => week.Exercises)
                .Select(exercise => (exercise.Id, Known: progress.Of(exercise.Id)))
                .Where(entry => entry.Known.Shown > 0)
                .Select(entry => new ExerciseCheck(entry.Id, entry.Known.Earned, entry.Known.Shown)),
        ];
    }
}
