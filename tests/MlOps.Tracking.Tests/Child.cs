namespace MlOps.Tracking.Tests;

/// <summary>What the test assembly does when a test starts it as a program of its own, to be killed.</summary>
/// <remarks><c>Process.Start("dotnet", [typeof(Child).Assembly.Location, "verb", …])</c>. A verb is one line here and a method beside the test that uses it.</remarks>
internal static class Child
{
    private static int Main(string[] args) => args switch
    {
        ["write-artifacts", string folder] => Artifacts.LocalArtifactsTests.WriteForEver(folder),
        ["track-until-killed", string address] => Api.TrackerTests.UntilKilled(address),
        ["track-and-leave", string address, string how] => Api.TrackerTests.AndLeave(address, how),
        ["track-as-told"] => Api.TrackerTests.AsTold(),
        ["track-into", string address, string run] => Api.TrackerTests.Into(address, run),
        ["log-to-files", string folder, string run, string key] => Files.FileProcessTests.LogForEver(folder, run, key),
        ["log-to-files", string folder, string run, string first, string count] => Files.FileProcessTests.LogMany(folder, run, first, count),
        ["promote", string address, string name] => Registry.TwoProcessTests.Promote(address, name),
        ["log-metrics", string address, string run] => Sql.SqliteProcessTests.LogMetrics(address, run),
        ["log-some", string address, string run, string key] => Sql.SqliteProcessTests.LogSome(address, run, key),
        ["sqlite-by-others-first", string file] => Sql.SqliteProcessTests.AfterOthers(file),
        _ => throw new ArgumentException($"'{string.Join(' ', args)}' is nothing a test asks for.", nameof(args)),
    };
}
