using System.Globalization;

namespace MlOps.Tracking.Rest;

/// <content>When a request is sent again.</content>
internal sealed partial class RestConnection
{
    private const int RetriesOfFaults = 2; // of HTTP 500, by which MLflow also refuses what it will never do
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30); // a server that asks for more is not waited for
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2); // no new try later than this after the first

    /// <summary>Sends a request until it is answered, refused, or there is no point in going on.</summary>
    /// <remarks>
    /// Tried again are answers 408, 429, 500 (twice), 502, 503 and 504 and broken connections, after pauses of 0.5, 1, 2, 4, 8… s, each shortened at random by up to half, or what
    /// <c>Retry-After</c> asks for. What may have arrived is sent again only if a second time does no harm; otherwise the server is asked first whether it has happened, and if
    /// it may still be under way there, the request is given up: better an exception than a run that is there twice.
    /// </remarks>
    /// <returns>The answer; null if <see cref="RestRequest.Happened"/> said that it is done.</returns>
    internal RestAnswer? Open(RestRequest request, CancellationToken cancellationToken)
    {
        long began = _options.Clock.GetTimestamp();
        for (int tries = 1; ; tries++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Try(request, cancellationToken, out RestFailure failure) is { } answer)
            {
                return answer;
            }

            TimeSpan pause = Pause(tries, failure.RetryAfter);
            TimeSpan spent = _options.Clock.GetElapsedTime(began);
            bool arrived = failure.Arrival != RequestArrival.No;
            int retries = failure.IsServersFault ? Math.Min(RetriesOfFaults, _options.Retries) : _options.Retries;
            if (tries > retries || pause > s_longestPause || spent + pause > s_patience || (arrived && request.AtMostOnce))
            {
                throw GivenUp(request, failure, tries, spent);
            }

            Wait(pause, cancellationToken);
            if (arrived && request.Happened is { } happened)
            {
                if (happened())
                {
                    return null;
                }

                if (failure.Arrival == RequestArrival.PerhapsStillUnderWay)
                {
                    throw GivenUp(request, failure, tries, spent);
                }
            }
        }
    }

    private TimeSpan Pause(int tries, TimeSpan? asked)
    {
        TimeSpan pause = s_firstPause * Math.Pow(2, tries - 1) * (1 - _options.Jitter() / 2);
        if (pause > s_longestPause)
        {
            pause = s_longestPause;
        }

        return asked is { } told && told > pause ? told : pause;
    }

    private void Wait(TimeSpan pause, CancellationToken cancellationToken)
    {
        using var over = new ManualResetEventSlim();
        using ITimer timer = _options.Clock.CreateTimer(static state => ((ManualResetEventSlim)state!).Set(), over, pause, System.Threading.Timeout.InfiniteTimeSpan);
        over.Wait(cancellationToken);
    }

    private static TrackingException GivenUp(RestRequest request, RestFailure failure, int tries, TimeSpan spent)
    {
        string effort = tries == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" Tried {tries} times in {spent.TotalSeconds:0.0} s.");
        string doubt = failure.Arrival != RequestArrival.No && (request.AtMostOnce || request.Happened is not null) ? " It may have been carried out all the same: look before you repeat it." : "";
        return new TrackingException(failure.Error.Error, failure.Error.Message + effort + doubt, failure.Error.InnerException ?? failure.Error);
    }
}
