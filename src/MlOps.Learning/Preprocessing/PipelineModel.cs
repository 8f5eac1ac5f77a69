using MlOps.Data;

namespace MlOps.Learning.Preprocessing;

/// <summary>A fitted pipeline with the model that learned from its features: predicts from tables as they were read. Immutable.</summary>
public sealed class PipelineModel : ITableModel
{
    internal PipelineModel(FittedPipeline pipeline, IModel model, string label)
    {
        Pipeline = pipeline;
        Model = model;
        Label = label;
    }

    /// <summary>Gets what makes the features.</summary>
    public FittedPipeline Pipeline { get; }

    /// <summary>Gets the model: an <see cref="IClassifier"/> or an <see cref="IRegressor"/>.</summary>
    public IModel Model { get; }

    /// <summary>Gets the name of the column it predicts.</summary>
    public string Label { get; }

    /// <inheritdoc/>
    public Predictions Predict(Table table)
    {
        Matrix x = Pipeline.Transform(table);
        return Model is IClassifier classifier ? Predictions.Of(classifier, x) : Predictions.Of((IRegressor)Model, x);
    }
}
