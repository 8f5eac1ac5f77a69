using System.CommandLine;
using System.Globalization;
using MlOps.Grading.Exercises;
using MlOps.Grading.Gradebooks;
using MlOps.Grading.Results;
using MlOps.Grading.Running;
using MlOps.Grading.Submissions;
using Spectre.Console;

namespace MlOps.Cli.Verbs;

/// <summary><c>mlops grade</c>: a folder of submissions in, a gradebook with feedback and a class report out.</summary>
internal static class GradeVerb
{
    internal static Command Create()
    {
        var submissions = new Argument<string>("submissions") { Description = "A folder with one folder or zip archive a student, or one archive of all." };
        var output = new Option<string>("--out", "-o") { Description = "The folder to write: gradebook, feedback, report. A second run goes on where the first one stopped.", Required = true };
        var weeks = new Option<string[]>("--weeks") { Description = "Weeks to grade, such as 12; all that somebody handed in without it.", AllowMultipleArgumentsPerToken = true };
        var jobs = new Option<int>("--jobs", "-j") { Description = "How many submissions are graded at the same time.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var shard = new Option<string?>("--shard") { Description = "Grade only one of several parts, such as 1/4, for several machines that share --out." };
        var policy = new Option<string?>("--policy") { Description = "YAML file with due dates, late penalties, extensions, weeks to drop. Default: policy.yaml among the submissions, if there." };
        var sandbox = SharedOptions.RequireSandbox();
        var verb = new Verb(
            "grade",
            "Grades a class in a sandbox. Exit code 0 whatever the points, or 2 for bad input.",
            "./mlops grade example submissions",
            "./mlops grade submissions --out graded",
            "./mlops grade submissions --out graded --weeks 12 --require-sandbox",
            "./mlops grade submissions --out graded --shard 1/4 --jobs 8")
        {
            submissions, output, weeks, jobs, shard, policy, sandbox, Example(),
        };
        verb.SetAction((parsed, cancellation) => GradeAsync(
            parsed.GetRequiredValue(submissions),
            parsed.GetRequiredValue(output),
            new GradeOptions { Weeks = Numbers(parsed.GetValue(weeks)), Jobs = parsed.GetValue(jobs) },
            parsed.GetValue(shard),
            parsed.GetValue(policy),
            parsed.GetValue(sandbox),
            cancellation));
        return verb;
    }

    private static Verb Example()
    {
        var folder = new Argument<string>("folder") { Description = "The folder to write; it must be empty or not there yet." };
        var verb = new Verb(
            "example",
            "Writes a made-up class that handed in, to try grading on. Exit code 0, or 2 for bad input.",
            "./mlops grade example submissions")
        {
            folder,
        };
        verb.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(folder);
            (int[] weeks, int students) = ExampleClass.Write(ExerciseCatalog.Load(CourseExercises.Folder), path);
            Console.WriteLine($"{path}: {students} students with weeks {string.Join(" and ", weeks)}. README.txt in it says what each did.");
            Console.WriteLine($"Grade them: ./mlops grade {path} --out graded");
            return Program.Ok;
        });
        return verb;
    }

    private static async Task<int> GradeAsync(string path, string output, GradeOptions options, string? shard, string? policyFile, bool requireSandbox, CancellationToken cancellation)
    {
        if (options.Jobs < 1)
        {
            throw new ArgumentException($"--jobs must be 1 or more; got {options.Jobs}.");
        }

        GradeOptions grading = WithShard(options, shard);
        ExerciseCourse course = CourseExercises.Open();
        IReadOnlyList<Submission> submissions = SubmissionSet.Read(path);
        GradingPolicy policy = Policy(policyFile, path);
        var times = SubmissionTimes.Read(path, submissions);
        CourseExercises.CheckSandbox(course, requireSandbox);
        IReadOnlyList<SubmissionResult> results = [];
        try
        {
            await ProgressAsync(submissions.Count, async progress =>
                results = await ClassGrading.GradeAsync(course, submissions, new ResultStore(output), grading, progress, cancellation));
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine($"What is graded so far is kept in {output}; the same command goes on from there.");
            throw;
        }

        Gradebook gradebook = ClassFiles.Write(course, submissions, results, policy, times, output);
        Report(submissions, gradebook, output);
        return Program.Ok;
    }

    private static void Report(IReadOnlyList<Submission> submissions, Gradebook gradebook, string output)
    {
        double mean = gradebook.Totals.Count == 0 ? 0 : gradebook.Totals.Average(total => total.Points);
        double most = gradebook.Totals.Count == 0 ? 0 : gradebook.Totals.Max(total => total.Max);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{gradebook.Totals.Count} of {submissions.Count} submissions graded, on average {mean:0.#} of {most:0.#} points."));
        int waiting = gradebook.Entries.Count(entry => entry.Status == "awaits marks");
        if (waiting > 0)
        {
            Console.WriteLine($"{waiting} wait for your marks in {Path.Combine(output, ClassFiles.ManualFile)}; fill them in and run this again.");
        }

        foreach (string note in gradebook.Notes.Concat(submissions.SelectMany(submission => submission.Notes.Select(note => $"{submission.Student}: {note}"))))
        {
            Console.WriteLine("  " + new string([.. note.Select(c => char.IsControl(c) ? ' ' : c)]));
        }

        Console.WriteLine($"Gradebook: {Path.Combine(output, "gradebook.csv")}   Report: {Path.Combine(output, "report.html")}");
    }

    private static GradingPolicy Policy(string? file, string submissions)
    {
        string beside = Path.Combine(submissions, "policy.yaml");
        return file is not null ? GradingPolicy.Load(file) : File.Exists(beside) ? GradingPolicy.Load(beside) : GradingPolicy.None;
    }

    private static async Task ProgressAsync(int count, Func<IProgress<GradeProgress>, Task> work)
    {
        string title = count == 1 ? "1 submission" : $"{count} submissions";
        if (Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Ansi)
        {
            Console.WriteLine($"Grading {title} …");
            await work(new Latest(_ => { }));
            return;
        }

        await AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                ProgressTask bar = context.AddTask(Markup.Escape(title));
                await work(new Latest(value => (bar.MaxValue, bar.Value) = (value.Total, value.Done)));
            });
    }

    private static GradeOptions WithShard(GradeOptions options, string? shard)
    {
        if (shard is null)
        {
            return options;
        }

        string[] parts = shard.Split('/');
        return parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int part) && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            ? options with { Shard = part, Shards = count }
            : throw new ArgumentException($"--shard takes i/n, such as 1/4; got '{shard}'.");
    }

    private static int[]? Numbers(string[]? weeks) =>
        weeks is null or [] ? null :
        [
            .. weeks.SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Select(text =>
                int.TryParse(text.StartsWith("week", StringComparison.OrdinalIgnoreCase) ? text[4..] : text, NumberStyles.None, CultureInfo.InvariantCulture, out int week)
                    ? week
                    : throw new ArgumentException($"--weeks takes numbers such as 12; got '{text}'.")),
        ];

    /// <summary>Told on whatever thread a submission ended.</summary>
    private sealed class Latest(Action<GradeProgress> tell) : IProgress<GradeProgress>
    {
        private readonly Lock _one = new();

        public void Report(GradeProgress value)
        {
            lock (_one)
            {
                tell(value);
            }
        }
    }
}
