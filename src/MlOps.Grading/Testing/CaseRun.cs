using Xunit.Abstractions;
using Xunit.Sdk;

namespace MlOps.Grading.Testing;

/// <summary>Runs one xunit case on the subject at hand and keeps what xunit says of it.</summary>
internal sealed class CaseRun : IMessageBus, IMessageSink
{
    private CaseRun()
    {
    }

    /// <summary>Gets the failure; null if the case passed.</summary>
    internal IFailureInformation? Failure { get; private set; }

    /// <summary>Gets the reason for which xunit skipped the case; null if it ran.</summary>
    internal string? Skipped { get; private set; }

    internal static CaseRun Of(IXunitTestCase test, ExerciseSubject subject)
    {
        var run = new CaseRun();
        using var cancellation = new CancellationTokenSource();
        ExerciseSubject.Current = subject;
        try
        {
            // A test runner's synchronisation context would wait for the very thread that waits here. The subject travels with the flow of control.
            RunSummary summary = SynchronizationContext.Current is null ? RunCase() : Task.Run(RunCase).GetAwaiter().GetResult();
            if (summary.Failed > 0 && run.Failure is null)
            {
                throw new InvalidOperationException($"xunit says that {test.DisplayName} failed but not why.");
            }
        }
        finally
        {
            ExerciseSubject.Current = null;
        }

        return run;

        RunSummary RunCase() => test.RunAsync(run, run, [], new ExceptionAggregator(), cancellation).GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public bool QueueMessage(IMessageSinkMessage message)
    {
        if (message is ITestFailed or ITestCaseCleanupFailure or ITestCleanupFailure)
        {
            Failure ??= (IFailureInformation)message;
        }
        else if (message is ITestSkipped skipped)
        {
            Skipped = skipped.Reason;
        }

        return true;
    }

    /// <inheritdoc/>
    public bool OnMessage(IMessageSinkMessage message) => true;

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
