using System.Text.Json.Serialization;

namespace MlOps.Kernel.Running;

/// <summary>What the runner and its worker process say to each other: one JSON object a line.</summary>
[JsonDerivedType(typeof(RunCell), "run")]
[JsonDerivedType(typeof(Written), "written")]
[JsonDerivedType(typeof(Shown), "shown")]
[JsonDerivedType(typeof(Cleared), "cleared")]
[JsonDerivedType(typeof(Raised), "raised")]
[JsonDerivedType(typeof(Ended), "ended")]
internal abstract record WorkerMessage;

/// <summary>To the worker: run this cell.</summary>
internal sealed record RunCell(int Number, string Code, string? Language, double? TimeoutSeconds) : WorkerMessage;

/// <summary>From the worker: text of a stream.</summary>
internal sealed record Written(string Stream, string Text) : WorkerMessage;

/// <summary>From the worker: a displayed object, or a new face of one displayed before.</summary>
internal sealed record Shown(IReadOnlyDictionary<string, string> Bundle, string? DisplayId, bool IsUpdate, bool IsResult) : WorkerMessage;

/// <summary>From the worker: the outputs so far are to go, at once or when the next one comes.</summary>
internal sealed record Cleared(bool Wait) : WorkerMessage;

/// <summary>From the worker: the error that ended the cell.</summary>
internal sealed record Raised(string Name, string Message, IReadOnlyList<string> Traceback) : WorkerMessage
{
    /// <summary>Gets a value indicating whether no further cell can run, because the process is gone or must go.</summary>
    [JsonIgnore]
    public bool EndsRun { get; init; }
}

/// <summary>From the worker: the cell is over. A worker that could not stop it must be killed.</summary>
internal sealed record Ended(bool MustRestart) : WorkerMessage;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WorkerMessage))]
internal sealed partial class WorkerJson : JsonSerializerContext;
