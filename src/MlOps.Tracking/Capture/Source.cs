namespace MlOps.Tracking.Capture;

/// <summary>What program runs: MLflow's tags <c>mlflow.source.name</c> and <c>mlflow.source.type</c>. Never its arguments, which may hold secrets.</summary>
internal static class Source
{
    private const string NotebookVariable = "JPY_SESSION_NAME"; // Jupyter's servers tell a kernel its notebook by it

    internal static Tag[] Tags()
    {
        string? notebook = Environment.GetEnvironmentVariable(NotebookVariable);
        bool isNotebook = notebook is not null && notebook.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase);
        string program = Environment.GetCommandLineArgs() is [{ Length: > 0 } first, ..] ? first : Environment.ProcessPath ?? "";
        return [new("mlflow.source.name", isNotebook ? notebook! : program), new("mlflow.source.type", isNotebook ? "NOTEBOOK" : "LOCAL")];
    }
}
