using System.Net;
using ColdChain.Core.People;
using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.People;

/// <summary>Makes, finds and revokes API tokens. One is shown when it is made, and never again: the store has its hash.</summary>
internal sealed class ApiTokens(RecordStore store, TimeProvider clock)
{
    /// <summary>The name of the token in the data folder, which has all scopes; no other has it.</summary>
    public const string OfTheFolder = "api";

    /// <summary>Makes a token.</summary>
    /// <param name="name">By which events name it.</param>
    /// <param name="scopes">What it may be used for.</param>
    /// <param name="place">Where.</param>
    /// <param name="by">Who makes it.</param>
    /// <param name="cancellation">Ends the waiting for the store.</param>
    public Task<Answer> MakeAsync(string name, IReadOnlyList<string> scopes, Scope place, Actor by, CancellationToken cancellation)
    {
        if (!AccountRules.IsName(name) || !TokenScopes.AreSome(scopes))
        {
            return Task.FromResult(new Answer(AccountRules.IsName(name) ? AccountFault.ScopeInvalid : AccountFault.NameInvalid));
        }

        var token = SecretFile.NewSecret();
        return store.WriteAsync(
            WritePriority.Decision,
            transaction =>
            {
                if (name == OfTheFolder || ApiTokenStore.Find(transaction, name) is not null)
                {
                    return new Answer(AccountFault.NameTaken);
                }

                var now = Instant.Now(clock);
                ApiTokenStore.Insert(transaction, new ApiTokenRow(name, SecretFile.HashOf(token), scopes, place.ToString(), now, null));
                EventLog.Append(transaction, now, EventKinds.TokenMade, null, SubjectOf(name), new { scopes, place = place.ToString() });
                return new Answer(null, token);
            },
            cancellation,
            by);
    }

    /// <summary>Revokes a token: it is refused from the next request on.</summary>
    public Task<Answer> RevokeAsync(string name, Actor by, CancellationToken cancellation) => store.WriteAsync(
        WritePriority.Decision,
        transaction =>
        {
            var now = Instant.Now(clock);
            if (!ApiTokenStore.Revoke(transaction, name, now))
            {
                return new Answer(AccountFault.NameUnknown);
            }

            EventLog.Append(transaction, now, EventKinds.TokenRevoked, null, SubjectOf(name), new { });
            return Answer.Done;
        },
        cancellation,
        by);

    /// <summary>Who brings the token of the data folder.</summary>
    public static Caller OfTheFolderFrom(IPAddress? from) => new(Actor.Token(OfTheFolder, from), TokenScopes.Rights(TokenScopes.All, Scope.Nation));

    /// <summary>Who brings a token; null when it is none, or revoked.</summary>
    public Caller? Find(string token, IPAddress? from)
    {
        var hash = SecretFile.HashOf(token);
        return store.Read(session => ApiTokenStore.Find(session, hash)) is { RevokedAt: null } row && Scope.TryParse(row.Place, out var place)
            ? new Caller(Actor.Token(row.Name, from), TokenScopes.Rights(row.Scopes, place)) { IsStillIn = () => store.Read(session => ApiTokenStore.Find(session, hash)) is { RevokedAt: null } }
            : null;
    }

    private static string SubjectOf(string name) => $"token:{name}";
}
