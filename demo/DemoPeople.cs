using ColdChain.Core.People;
using ColdChain.Server;
using ColdChain.Server.People;
using ColdChain.Server.Store;

namespace ColdChain.Demo;

/// <summary>Somebody to sign in as.</summary>
/// <param name="Name">The account.</param>
/// <param name="Password">Its password, which holds until the demo is started again.</param>
/// <param name="Grant">What it may do, and where.</param>
internal sealed record DemoPerson(string Name, string Password, Grant Grant);

/// <summary>An account for each role, named after it. Nobody knows a password of the demo before it is started: each start makes new ones.</summary>
internal static class DemoPeople
{
    private static readonly Actor ByDemo = new("software:coldchain-demo");

    private static readonly Grant[] Grants =
    [
        new(Role.Viewer, Scope.Nation),
        new(Role.Technician, Scope.Site(DemoFleet.DoorLeftOpen.Site)), // A depot sees itself.
        new(Role.Biomedical, Scope.Nation),
        new(Role.Quality, Scope.Nation),
        new(Role.Admin, Scope.Nation),
        new(Role.Auditor, Scope.Nation),
    ];

    /// <summary>Makes the accounts that are not there, and gives each a new password.</summary>
    public static async Task<IReadOnlyList<DemoPerson>> RenewAsync(ServerApp server, CancellationToken cancellation)
    {
        var people = new List<DemoPerson>();
        foreach (var grant in Grants)
        {
            people.Add(await RenewAsync(server, grant, cancellation));
        }

        return people;
    }

    private static async Task<DemoPerson> RenewAsync(ServerApp server, Grant grant, CancellationToken cancellation)
    {
        var (accounts, name) = (server.Accounts, RoleWords.Of(grant.Role));
        var added = await accounts.AddAsync(name, name, "fr", ByDemo, cancellation);
        var oneTime = added.Secret ?? Required(await accounts.ResetAsync(name, ByDemo, cancellation), name).Secret!; // A reset that was done has one.
        Required(await accounts.GrantAsync(name, grant, ByDemo, cancellation), name);
        var password = Passwords.NewOneTime();
        var account = server.Store.Read(session => AccountStore.Find(session, name))!; // It has just been reset.
        Required(await accounts.ChangePasswordAsync(account, oneTime, password, ByDemo, cancellation), name);
        return new DemoPerson(name, password, grant);
    }

    private static Answer Required(Answer answer, string name) => answer.Fault is null
        ? answer
        : throw new InvalidOperationException($"The account {name} of the demo could not be made ({answer.Fault}). Delete the data folder to start anew.");
}
