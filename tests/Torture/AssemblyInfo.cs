// A freeze and a kill wait for most of their time: all classes run beside each other, whatever the number of cores.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]
