-- Lists of schedules are read from their facts, as all of the configuration.
drop table platform.schedule;
