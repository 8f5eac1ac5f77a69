using MlOps.Learning.Preprocessing;

namespace MlOps.Learning.Recipes;

/// <summary>What <see cref="TableTraining"/> made, and what it decided on the way.</summary>
/// <param name="Model">The fitted pipeline with its model.</param>
/// <param name="Recipe">The kind of model.</param>
/// <param name="Task">What is predicted, and why that.</param>
/// <param name="LeftOut">The columns that became no feature, with the reason.</param>
/// <param name="Rows">Rows it learned from.</param>
/// <param name="RowsWithoutLabel">Rows that were left out, for they have no label.</param>
public sealed record TrainedTable(PipelineModel Model, EstimatorRecipe Recipe, TaskChoice Task, IReadOnlyList<LeftOutColumn> LeftOut, int Rows, int RowsWithoutLabel);
