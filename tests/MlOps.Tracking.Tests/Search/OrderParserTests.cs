using MlOps.Tracking.Search;

namespace MlOps.Tracking.Tests.Search;

/// <summary>The grammar is that of MLflow's documentation.</summary>
public sealed class OrderParserTests
{
    [Theory]
    [InlineData("metrics.acc DESC", FilterTarget.Runs, FieldKind.Metric, "acc", true)]
    [InlineData("metrics.`val/acc 5` asc", FilterTarget.Runs, FieldKind.Metric, "val/acc 5", false)]
    [InlineData("params.lr", FilterTarget.Runs, FieldKind.Param, "lr", false)]
    [InlineData("tag.mlflow.user desc", FilterTarget.Runs, FieldKind.Tag, "mlflow.user", true)]
    [InlineData(" start_time  DESC ", FilterTarget.Runs, FieldKind.Attribute, "start_time", true)]
    [InlineData("attribute.Created", FilterTarget.Runs, FieldKind.Attribute, "start_time", false)]
    [InlineData("experiment_id", FilterTarget.Experiments, FieldKind.Attribute, "experiment_id", false)]
    [InlineData("creation_time DESC", FilterTarget.Experiments, FieldKind.Attribute, "creation_time", true)]
    [InlineData("timestamp ASC", FilterTarget.Models, FieldKind.Attribute, "last_update_time", false)]
    [InlineData("last_updated_timestamp DESC", FilterTarget.Models, FieldKind.Attribute, "last_update_time", true)]
    [InlineData("version_number DESC", FilterTarget.Versions, FieldKind.Attribute, "version_number", true)]
    public void Parse_Term_IsRead(string term, object target, object kind, string key, bool descending) =>
        Assert.Equal([new OrderTerm(new FilterField((FieldKind)kind, key), descending)], OrderParser.Parse([term], (FilterTarget)target));

    [Theory]
    [InlineData("", FilterTarget.Runs, "column 1: expected a field")]
    [InlineData("metrics.acc DOWN", FilterTarget.Runs, "column 13: expected ASC, DESC or the end; found 'DOWN'")]
    [InlineData("metrics.acc DESC, x", FilterTarget.Runs, "column 17")]
    [InlineData("acc", FilterTarget.Runs, "Invalid attribute key 'acc'")]
    [InlineData("datasets.name", FilterTarget.Runs, "data sets")]
    [InlineData("tags.a", FilterTarget.Experiments, "Invalid order_by entity")]
    [InlineData("source_path", FilterTarget.Versions, "version_number")]
    public void Parse_Wrong_SaysWhereAndWhat(string term, object target, string expected)
    {
        var refusal = Assert.Throws<TrackingException>(() => OrderParser.Parse([term], (FilterTarget)target));
        Assert.Equal(TrackingError.InvalidParameterValue, refusal.Error);
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }
}
