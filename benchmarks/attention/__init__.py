"""How much of a person's attention a stream of documents costs, with the memory and without.

``sellers`` invents who sells, ``stream`` their documents in order of arrival and as engines read them, ``road`` replays
them through the real road and store, ``clerk`` answers what is asked, ``curve`` draws what came of it.
"""
