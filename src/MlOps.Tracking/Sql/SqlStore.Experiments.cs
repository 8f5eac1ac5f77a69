using System.Globalization;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Sql;

internal sealed partial class SqlStore
{
    private const string ExperimentColumns = "number, name, artifact_location, stage, created, updated";

    public string CreateExperiment(string name, string? artifactLocation = null, IReadOnlyList<Tag>? tags = null)
    {
        TrackingLimits.CheckExperimentName(name);
        foreach (Tag tag in tags ?? [])
        {
            TrackingLimits.CheckExperimentTag(tag);
        }

        return _database.Write(session =>
        {
            CheckNameIsFree(session, name);
            long number = session.Number(
                "INSERT INTO experiments (name, artifact_location, stage, created, updated) VALUES ($1, $2, 0, $3, $3) RETURNING number", name, artifactLocation ?? "", Now())!.Value;
            if (string.IsNullOrEmpty(artifactLocation))
            {
                session.Run("UPDATE experiments SET artifact_location = $1 WHERE number = $2", "mlflow-artifacts:/" + Text(number), number);
            }

            foreach (Tag tag in tags ?? [])
            {
                SetExperimentTag(session, number, tag);
            }

            return Text(number);
        });
    }

    public Experiment GetExperiment(string experimentId) => _database.Read(session =>
    {
        long number = ExperimentNumber(experimentId);
        List<Experiment> found = session.Rows($"SELECT {ExperimentColumns} FROM experiments WHERE number = $1", ExperimentOf, number);
        return found.Count == 1 ? WithTags(session, found[0]) : throw NoExperiment(experimentId);
    });

    public Experiment? FindExperiment(string name)
    {
        TrackingLimits.CheckExperimentName(name);
        return _database.Read(session =>
        {
            List<Experiment> found = session.Rows($"SELECT {ExperimentColumns} FROM experiments WHERE name = $1", ExperimentOf, name);
            return found.Count == 1 ? WithTags(session, found[0]) : null;
        });
    }

    public void RenameExperiment(string experimentId, string name)
    {
        TrackingLimits.CheckExperimentName(name);
        _database.Write(session =>
        {
            long number = CheckIsActive(session, experimentId);
            if (session.Text("SELECT name FROM experiments WHERE number = $1", number) != name)
            {
                CheckNameIsFree(session, name);
                session.Run("UPDATE experiments SET name = $1, updated = $2 WHERE number = $3", name, Now(), number);
            }
        });
    }

    public void DeleteExperiment(string experimentId) => SetStage(experimentId, LifecycleStage.Deleted);

    public void RestoreExperiment(string experimentId) => SetStage(experimentId, LifecycleStage.Active);

    public void SetExperimentTag(string experimentId, Tag tag)
    {
        TrackingLimits.CheckExperimentTag(tag);
        _database.Write(session => SetExperimentTag(session, CheckIsActive(session, experimentId), tag));
    }

    public void DeleteExperimentTag(string experimentId, string key) => _database.Write(session =>
    {
        if (session.Run("DELETE FROM experiment_tags WHERE experiment = $1 AND key = $2", CheckIsActive(session, experimentId), key) == 0)
        {
            throw NotThere($"No tag with name: {key} in experiment with id {experimentId}.");
        }
    });

    private static void SetExperimentTag(SqlSession session, long experiment, Tag tag) => session.Run(
        "INSERT INTO experiment_tags (experiment, key, value) VALUES ($1, $2, $3) ON CONFLICT (experiment, key) DO UPDATE SET value = excluded.value", experiment, tag.Key, tag.Value ?? "");

    private static void CheckNameIsFree(SqlSession session, string name)
    {
        if (session.Number("SELECT stage FROM experiments WHERE name = $1", name) is { } stage)
        {
            throw new TrackingException(
                TrackingError.ResourceAlreadyExists,
                stage == (long)LifecycleStage.Active
                    ? $"Experiment '{name}' already exists."
                    : $"Experiment '{name}' already exists in deleted state. Restore it, or choose another name.");
        }
    }

    /// <summary>Returns the number of an experiment that is there and was not deleted, and keeps it so until the transaction ends.</summary>
    private long CheckIsActive(SqlSession session, string experimentId)
    {
        long number = ExperimentNumber(experimentId);
        long stage = session.Number("SELECT stage FROM experiments WHERE number = $1" + _database.Words.ForUpdate, number) ?? throw NoExperiment(experimentId);
        return stage == (long)LifecycleStage.Active
            ? number
            : throw TrackingLimits.Invalid($"The experiment {experimentId} must be in the 'active' state. Current state is deleted.");
    }

    private void SetStage(string experimentId, LifecycleStage stage) => _database.Write(session =>
    {
        long number = ExperimentNumber(experimentId);
        long now = session.Number("SELECT stage FROM experiments WHERE number = $1" + _database.Words.ForUpdate, number) ?? throw NoExperiment(experimentId);
        if (now == (long)stage)
        {
            throw NotThere($"No {(stage == LifecycleStage.Deleted ? "active" : "deleted")} experiment with id={experimentId} exists.");
        }

        session.Run("UPDATE experiments SET stage = $1, updated = $2 WHERE number = $3", (long)stage, Now(), number);
        session.Run("UPDATE runs SET stage = $1 WHERE experiment = $2", (long)stage, number);
    });

    private static Experiment ExperimentOf(SqlCursor row) => new(
        Text(row.Number(0)), row.Text(1), row.Text(2), (LifecycleStage)row.Number(3), row.Number(4), row.Number(5), []);

    private static Experiment WithTags(SqlSession session, Experiment experiment) => experiment with
    {
        Tags = session.Rows("SELECT key, value FROM experiment_tags WHERE experiment = $1 ORDER BY key", TagOf, ExperimentNumber(experiment.Id)),
    };

    private static Tag TagOf(SqlCursor row) => new(row.Text(0), row.Text(1));

    private static bool IsExperimentNumber(string experimentId) =>
        long.TryParse(experimentId, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && Text(number) == experimentId; // '01' is nobody

    private static long ExperimentNumber(string experimentId) =>
        string.IsNullOrEmpty(experimentId) ? throw TrackingLimits.Missing("experiment_id")
        : IsExperimentNumber(experimentId) ? long.Parse(experimentId, NumberStyles.None, CultureInfo.InvariantCulture)
        : throw NoExperiment(experimentId);

    private static TrackingException NoExperiment(string experimentId) => NotThere($"No Experiment with id={experimentId} exists.");
}
