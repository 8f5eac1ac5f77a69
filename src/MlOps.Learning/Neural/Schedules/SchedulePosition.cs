namespace MlOps.Learning.Neural;

/// <summary>Where training stands.</summary>
/// <param name="Epoch">Epochs that are finished; 0 in the first.</param>
/// <param name="Step">Steps that are finished; 0 at the first.</param>
/// <param name="Epochs">Epochs there will be.</param>
/// <param name="StepsPerEpoch">Batches in an epoch.</param>
/// <param name="Losses">The loss after each finished epoch: of the validation data where there is any, else of training.</param>
public sealed record SchedulePosition(int Epoch, int Step, int Epochs, int StepsPerEpoch, IReadOnlyList<double> Losses);
