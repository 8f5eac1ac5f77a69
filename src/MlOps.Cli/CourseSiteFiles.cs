using MlOps.Kernel.Notebooks;
using MlOps.Kernel.Running;
using MlOps.Kernel.Site;

namespace MlOps.Cli;

/// <summary>Writes <c>artifacts/site</c>: the weeks just run, the other weeks as they are stored, the weeks to come by name.</summary>
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

    internal static string Write(IReadOnlyList<WeekRun> runs)
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

        return CourseSite.Write(pages, Course.At("eng", "web", "node_modules"), Course.At("artifacts", "site"), new SiteOptions
        {
            Weeks = [.. s_plan.Select((title, i) => new CourseWeek(i + 1, title))],
        });
    }
}
